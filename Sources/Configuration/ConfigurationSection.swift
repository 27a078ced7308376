import YAML

/// One mapping of the file, with its keys in the order of the file.
struct ConfigurationSection {
  struct Entry {
    let key: String
    let keyMark: YAMLMark
    let value: YAMLNode
  }

  /// Its path in messages, such as `accounts.acme`; empty at the top.
  let path: String
  let mark: YAMLMark
  let entries: [Entry]

  subscript(_ key: String) -> Entry? { entries.first { $0.key == key } }

  /// The path of a value in messages.
  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension YAMLNode {
  /// The type of the value, for messages; never the value itself, which may be a secret.
  var kind: String {
    switch content {
    case .scalar: isMissing ? "nothing" : "a single value"
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }
}
