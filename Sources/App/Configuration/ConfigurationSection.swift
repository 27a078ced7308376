import Yams

/// One mapping of the file, with its keys in the order of the file.
struct ConfigurationSection {
  struct Entry {
    let key: String
    let keyMark: Mark?
    let value: Node
  }

  /// How messages name it, such as `accounts.acme`; empty at the top.
  let path: String
  let mark: Mark?
  let entries: [Entry]

  subscript(_ key: String) -> Entry? { entries.first { $0.key == key } }

  /// How messages name a value of it.
  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension Node {
  /// Nothing after the colon, `~` or `null`.
  var isMissing: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any
    else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The words of a scalar, digit for digit; nil where something else stands.
  var text: String? {
    guard !isMissing, case .scalar(let scalar) = self else { return nil }
    return scalar.string
  }

  /// What stands there, for messages; never the value, which may be a secret.
  var kind: String {
    switch self {
    case .scalar: isMissing ? "nothing" : "a single value"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
