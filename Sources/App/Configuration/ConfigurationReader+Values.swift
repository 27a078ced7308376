import Monitor
import Providers
import YAML

/// The keys that only some providers have, each read by its form: a new provider needs nothing here.
extension ConfigurationReader {
  mutating func value(
    of key: ProviderDescription.Key,
    in section: ConfigurationSection
  ) -> SettingValue? {
    if case .secret = key.form { return secret(key.name, of: section).map(SettingValue.secret) }
    guard let entry = section[key.name] else { return nil }
    switch key.form {
    case .text, .secret:
      return text(entry, of: section, expected: key.hint).map(SettingValue.text)
    case .choice(let words):
      return choice(entry, of: section, among: words).map(SettingValue.text)
    case .list:
      return ids(entry, of: section, expected: key.hint).map(SettingValue.list)
    case .numbers(let item, let allowsAll):
      return numbers(entry, of: section, item: item, allowsAll: allowsAll)
    case .channels:
      return channels(entry, of: section).map(SettingValue.channels)
    case .header:
      return header(entry, of: section)
    case .partner:
      return partner(entry, of: section)
    }
  }

  private mutating func ids(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    expected: String
  ) -> [String]? {
    guard let items = items(entry, of: section, expected: "a list: \(expected)") else {
      return nil
    }
    var known: Set<String> = []
    return items.compactMap { node in
      id(node, path: section.path(of: entry.key), isOfNode: true, known: &known)
    }
  }

  /// An id as text, digit for digit, with or without quotes in the file; where it is the id of a node,
  /// a telephone number is a mistake.
  private mutating func id(
    _ node: YAMLNode,
    path: String,
    isOfNode: Bool,
    known: inout Set<String>
  ) -> String? {
    guard let text = node.text, !text.isEmpty else {
      mistake("\(path): expected an id, found \(node.kind)", at: node.mark)
      return nil
    }
    guard Self.isWithoutBlanks(text) || (isOfNode && Self.isTelephoneNumber(text)) else {
      mistake("\(path): expected an id without blanks", at: node.mark)
      return nil
    }
    guard !(isOfNode && Self.isTelephoneNumber(text)) else {
      mistake(
        "\(path): \(text) is a telephone number; expected the id that the provider has for it, digits"
          + " alone, such as 106540352242922 (WhatsApp Manager shows it beside the number)",
        at: node.mark
      )
      return nil
    }
    guard known.insert(text).inserted else {
      mistake("\(path): \(text) is listed twice", at: node.mark)
      return nil
    }
    return text
  }

  /// Such as `+447700900131` or `+44 7700 900131`; ids have no plus sign.
  private static func isTelephoneNumber(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "+")
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || " +-().".utf8.contains($0) }
  }

  /// Thousands of ids are read before the first frame, and all of them are ASCII.
  private static func isWithoutBlanks(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return true }
    return !text.unicodeScalars.contains { $0.properties.isWhitespace || $0.value < 32 }
  }

  private mutating func numbers(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    item: String,
    allowsAll: Bool
  ) -> SettingValue? {
    if allowsAll, entry.value.text?.lowercased() == "all" { return .allNumbers }
    let list = "a list of \(item)s, each plain or { \(item): …, label: … }"
    let expected = allowsAll ? "all, or \(list)" : list
    guard let items = items(entry, of: section, expected: expected) else { return nil }
    let path = section.path(of: entry.key)
    var known: Set<String> = []
    return .numbers(
      items.compactMap { node in number(node, path: path, item: item, known: &known) }
    )
  }

  private mutating func number(
    _ node: YAMLNode,
    path: String,
    item: String,
    known: inout Set<String>
  ) -> ConfiguredNumber? {
    guard node.mapping != nil else {
      return id(node, path: path, isOfNode: item == "id", known: &known)
        .map { ConfiguredNumber(id: $0) }
    }
    guard let section = section(node, path: path, expected: "") else { return nil }
    rejectUnknownKeys(of: section, known: [item, "label"])
    let label = text(section["label"], of: section, expected: "a label")
    guard let entry = section[item] else {
      mistake("\(path): \(item) is missing", at: section.mark)
      return nil
    }
    let path = section.path(of: item)
    return id(entry.value, path: path, isOfNode: item == "id", known: &known)
      .map { ConfiguredNumber(id: $0, label: label) }
  }

  private mutating func channels(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection
  ) -> [ConfiguredChannel]? {
    let expected = "a list of channels, each { label: …, api_key: … }"
    guard let items = items(entry, of: section, expected: expected) else { return nil }
    var labels: Set<String> = []
    return items.compactMap { node in
      channel(node, path: section.path(of: entry.key), labels: &labels)
    }
  }

  private mutating func channel(
    _ node: YAMLNode,
    path: String,
    labels: inout Set<String>
  ) -> ConfiguredChannel? {
    guard let section = section(node, path: path, expected: "{ label: …, api_key: … }") else {
      return nil
    }
    rejectUnknownKeys(of: section, known: ["label"] + Self.secretNames("api_key"))
    let label = required("label", of: section, expected: "a label")
    let key = requiredSecret("api_key", of: section)
    if let label, !labels.insert(label).inserted {
      mistake("\(path): another channel has the label \"\(label)\" already", at: section.mark)
    }
    guard let label, let key else { return nil }
    return ConfiguredChannel(label: label, apiKey: key)
  }

  private mutating func header(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection
  ) -> SettingValue? {
    let path = section.path(of: entry.key)
    guard let section = self.section(entry.value, path: path, expected: "{ name: …, value: … }")
    else { return nil }
    rejectUnknownKeys(of: section, known: ["name"] + Self.secretNames("value"))
    let name = required("name", of: section, expected: "the name of a header")
    let value = requiredSecret("value", of: section)
    if let name, let fault = HeaderName.fault(of: name) {
      mistake("\(path).name: \(fault)", at: section["name"]?.value.mark)
      return nil
    }
    guard let name, let value else { return nil }
    return .header(name: name, value: value)
  }

  private mutating func partner(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection
  ) -> SettingValue? {
    let path = section.path(of: entry.key)
    guard let section = self.section(entry.value, path: path, expected: "{ id: …, api_key: … }")
    else { return nil }
    rejectUnknownKeys(of: section, known: ["id"] + Self.secretNames("api_key"))
    let id = required("id", of: section, expected: "the partner's id")
    let key = requiredSecret("api_key", of: section)
    guard let id, let key else { return nil }
    return .partner(id: id, apiKey: key)
  }

  private mutating func required(
    _ key: String,
    of section: ConfigurationSection,
    expected: String
  ) -> String? {
    guard let entry = section[key] else {
      mistake("\(section.path): \(key) is missing: expected \(expected)", at: section.mark)
      return nil
    }
    return text(entry, of: section, expected: expected)
  }

  private mutating func requiredSecret(
    _ key: String,
    of section: ConfigurationSection
  ) -> Secret? {
    let names = Self.secretNames(key)
    guard names.contains(where: { section[$0] != nil }) else {
      mistake("\(section.path): one of \(Self.list(names)) is missing", at: section.mark)
      return nil
    }
    return secret(key, of: section)
  }
}
