import Providers
import YAML

/// The providers' own keys, read by their types: a new provider needs no change here.
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
    case .graphVersion:
      return graphVersion(entry, of: section)
    case .choice(let words):
      return choice(entry, of: section, among: words).map(SettingValue.text)
    case .list:
      let form = IDForm(of: key)
      return ids(entry, of: section, form: form, expected: key.hint).map(SettingValue.list)
    case .numbers(let item, let allowsAll):
      let form = IDForm(of: key)
      return numbers(entry, of: section, item: item, form: form, allowsAll: allowsAll)
    case .channels:
      return channels(entry, of: section).map(SettingValue.channels)
    case .header:
      return header(entry, of: section)
    case .partner:
      return partner(entry, of: section)
    }
  }

  private mutating func graphVersion(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection
  ) -> SettingValue? {
    let expected = "a version of Graph, such as v24.0"
    guard let text = text(entry, of: section, expected: expected) else { return nil }
    guard ScalarForms.isGraphVersion(text) else {
      mistake("\(section.path(of: entry.key)): expected \(expected)", at: entry.value.mark)
      return nil
    }
    return .text(text)
  }

  private mutating func numbers(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    item: String,
    form: IDForm,
    allowsAll: Bool
  ) -> SettingValue? {
    if allowsAll, entry.value.text?.lowercased() == "all" { return .allNumbers }
    let list = "a list of \(item)s, each plain or { \(item): …, label: … }"
    let expected = allowsAll ? "all, or \(list)" : list
    guard let items = items(entry, of: section, expected: expected) else { return nil }
    let path = section.path(of: entry.key)
    var known: Set<String> = []
    return .numbers(
      items.compactMap { node in number(node, path: path, item: item, form: form, known: &known) }
    )
  }

  private mutating func number(
    _ node: YAMLNode,
    path: String,
    item: String,
    form: IDForm,
    known: inout Set<String>
  ) -> ConfiguredNumber? {
    guard node.mapping != nil else {
      return id(node, path: path, form: form, known: &known).map { ConfiguredNumber(id: $0) }
    }
    guard let section = section(node, path: path, expected: "") else { return nil }
    rejectUnknownKeys(of: section, known: [item, "label"])
    let label = text(section["label"], of: section, expected: "a label")
    guard let entry = section[item] else {
      mistake("\(path): \(item) is missing", at: section.mark)
      return nil
    }
    let path = section.path(of: item)
    return id(entry.value, path: path, form: form, known: &known)
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
    return header(in: section).map { .header(name: $0.name, value: $0.value) }
  }

  /// The name and the value of a header.
  mutating func header(in section: ConfigurationSection) -> (name: String, value: Secret)? {
    rejectUnknownKeys(of: section, known: ["name"] + Self.secretNames("value"))
    let name = required("name", of: section, expected: "the name of a header")
    let value = requiredSecret("value", of: section)
    if let name, let fault = HeaderName.fault(of: name) {
      mistake("\(section.path(of: "name")): \(fault)", at: section["name"]?.value.mark)
      return nil
    }
    guard let name, let value else { return nil }
    return (name, value)
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

  mutating func required(
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

  mutating func requiredSecret(
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
