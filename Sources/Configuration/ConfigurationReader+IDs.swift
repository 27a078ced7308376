import YAML

/// Ids, as text, digit for digit, with or without quotes in the file.
extension ConfigurationReader {
  mutating func ids(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    form: IDForm,
    expected: String
  ) -> [String]? {
    guard let items = items(entry, of: section, expected: "a list: \(expected)") else {
      return nil
    }
    var known: Set<String> = []
    return items.compactMap { node in
      id(node, path: section.path(of: entry.key), form: form, known: &known)
    }
  }

  /// A telephone number instead of an id is a mistake if that is certain, otherwise a warning.
  mutating func id(
    _ node: YAMLNode,
    path: String,
    form: IDForm,
    known: inout Set<String>
  ) -> String? {
    guard let text = node.text, !text.isEmpty else {
      mistake("\(path): expected an id, found \(node.kind)", at: node.mark)
      return nil
    }
    switch form.telephoneNumber(text) {
    case .certain:
      mistake("\(path): \(text) is a telephone number; \(form.expected)", at: node.mark)
      return nil
    case .likely:
      warn("\(path): \(text) looks like a telephone number; \(form.expected)", at: node.mark)
    case nil: break
    }
    guard Self.hasNoSpaces(text) else {
      mistake("\(path): expected an id without spaces", at: node.mark)
      return nil
    }
    if !form.canBe(text) {
      warn("\(path): \(text) does not look like an id; \(form.expected)", at: node.mark)
    }
    guard known.insert(text).inserted else {
      mistake("\(path): \(text) is listed twice", at: node.mark)
      return nil
    }
    return text
  }

  /// A fast path: thousands of ids are read before the first frame, and all of them are ASCII.
  private static func hasNoSpaces(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return true }
    return !text.unicodeScalars.contains { $0.properties.isWhitespace || $0.value < 32 }
  }
}
