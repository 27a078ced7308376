import YAML

/// Values of every kind, with messages on what was expected.
extension ConfigurationReader {
  /// The text of an entry; nil if it is absent, a mistake if it is not text.
  mutating func text(
    _ entry: ConfigurationSection.Entry?,
    of section: ConfigurationSection,
    expected: String
  ) -> String? {
    guard let entry else { return nil }
    guard let text = entry.value.text, !text.isEmpty else {
      let found = entry.value.text == nil ? entry.value.kind : "an empty text"
      mistake(
        "\(section.path(of: entry.key)): expected \(expected), found \(found)",
        at: entry.value.mark
      )
      return nil
    }
    return text
  }

  mutating func duration(
    _ entry: ConfigurationSection.Entry?,
    of section: ConfigurationSection,
    in range: ClosedRange<Duration>
  ) -> Duration? {
    let expected = "a duration such as 60s, 5m, 1h or 25ms"
    guard let entry, let text = text(entry, of: section, expected: expected) else { return nil }
    guard let duration = ScalarForms.duration(text) else {
      mistake(
        "\(section.path(of: entry.key)): expected \(expected), not \"\(text)\"",
        at: entry.value.mark
      )
      return nil
    }
    guard range.contains(duration) else {
      let least = ScalarForms.text(of: range.lowerBound)
      let most = ScalarForms.text(of: range.upperBound)
      mistake(
        "\(section.path(of: entry.key)): expected \(least) to \(most), not \(text)",
        at: entry.value.mark
      )
      return nil
    }
    return duration
  }

  mutating func integer(
    _ entry: ConfigurationSection.Entry?,
    of section: ConfigurationSection,
    in range: ClosedRange<Int>,
    or words: String = ""
  ) -> Int? {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)\(words)"
    guard let entry, let text = text(entry, of: section, expected: expected) else { return nil }
    guard let value = ScalarForms.integer(text, in: range) else {
      mistake(
        "\(section.path(of: entry.key)): expected \(expected), not \"\(text)\"",
        at: entry.value.mark
      )
      return nil
    }
    return value
  }

  /// One of a few words; the case does not matter, and the listed form is returned.
  mutating func choice(
    _ entry: ConfigurationSection.Entry?,
    of section: ConfigurationSection,
    among words: [String]
  ) -> String? {
    let expected = words.count == 2 ? words.joined(separator: " or ") : Self.list(words)
    guard let entry, let text = text(entry, of: section, expected: expected) else { return nil }
    if let word = words.first(where: { $0.lowercased() == text.lowercased() }) { return word }
    mistake(
      "\(section.path(of: entry.key)): expected \(expected), not \"\(text)\""
        + Self.suggestion(for: text, among: words),
      at: entry.value.mark
    )
    return nil
  }

  mutating func flag(
    _ entry: ConfigurationSection.Entry?,
    of section: ConfigurationSection
  ) -> Bool? {
    choice(entry, of: section, among: ["true", "false"]).map { $0 == "true" }
  }

  /// The items of a list that must not be empty.
  mutating func items(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    expected: String
  ) -> [YAMLNode]? {
    if let list = entry.value.sequence, !list.isEmpty { return list }
    let found = entry.value.sequence == nil ? entry.value.kind : "an empty one"
    mistake(
      "\(section.path(of: entry.key)): expected \(expected), found \(found)",
      at: entry.value.mark
    )
    return nil
  }

  /// `a, b or c`.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
