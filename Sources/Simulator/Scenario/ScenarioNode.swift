import YAML

/// What is wrong with a scenario file, and where.
package struct ScenarioError: Error, Hashable, CustomStringConvertible {
  /// Counted from 1; 0 for the file as a whole.
  package let line: Int
  package let column: Int
  package let message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// `12:5: unknown key 'sede'; known are name, seed`: to be appended to the file's name.
  package var description: String { line > 0 ? "\(line):\(column): \(message)" : message }
}

/// A mapping of a scenario file whose keys are all known.
struct ScenarioMapping {
  private let node: YAMLNode
  private let values: [String: YAMLNode]

  init(_ node: YAMLNode, of what: String, keys: [String]) throws(ScenarioError) {
    guard let mapping = node.mapping else {
      throw ScenarioError(node, "\(what) must be a mapping of \(keys.joined(separator: ", "))")
    }
    self.node = node
    var values: [String: YAMLNode] = [:]
    for entry in mapping {
      let name = entry.key.scalar ?? ""
      guard keys.contains(name) else {
        throw ScenarioError(
          entry.key,
          "unknown key '\(name)' in \(what); expected one of \(keys.joined(separator: ", "))"
        )
      }
      values[name] = entry.value
    }
    self.values = values
  }

  subscript(_ key: String) -> YAMLNode? { values[key] }

  func required(_ key: String) throws(ScenarioError) -> String {
    guard let text = try text(key) else { throw ScenarioError(node, "'\(key)' is missing") }
    return text
  }

  func text(_ key: String) throws(ScenarioError) -> String? {
    guard let value = values[key] else { return nil }
    guard let text = value.scalar else {
      throw ScenarioError(value, "'\(key)' must be text")
    }
    return text
  }

  func number(_ key: String, in range: ClosedRange<Int>) throws(ScenarioError) -> Int? {
    guard let text = try text(key) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw wrong(key, text, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func flag(_ key: String) throws(ScenarioError) -> Bool? {
    guard let text = try text(key) else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default: throw wrong(key, text, "true or false")
    }
  }

  func duration(_ key: String) throws(ScenarioError) -> Duration? {
    guard let text = try text(key) else { return nil }
    guard let duration = Duration(scenarioText: text) else {
      throw wrong(key, text, "a time such as 500ms, 30s, 2m or 1h")
    }
    return duration
  }

  /// A word of a closed set.
  func word<Word: RawRepresentable & CaseIterable>(
    _ key: String,
    as type: Word.Type = Word.self
  ) throws(ScenarioError) -> Word? where Word.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw wrong(key, text, "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return word
  }

  /// A list, or a single element.
  func list(_ key: String) throws(ScenarioError) -> [YAMLNode]? {
    guard let value = values[key] else { return nil }
    return value.sequence ?? [value]
  }

  func wrong(_ key: String, _ text: String, _ expected: String) -> ScenarioError {
    ScenarioError(values[key] ?? node, "'\(key)' is '\(text)' but must be \(expected)")
  }
}

extension ScenarioError {
  init(_ node: YAMLNode, _ message: String) {
    self.init(line: node.mark.line, column: node.mark.column, message: message)
  }
}

extension Duration {
  /// `500ms`, `30s`, `2m`, `1h`.
  init?(scenarioText text: String) {
    let unit = text.drop { $0.isNumber || $0 == "." }
    guard let value = Double(text.prefix(text.count - unit.count)), value.isFinite else {
      return nil
    }
    switch unit {
    case "ms": self = .milliseconds(value)
    case "s": self = .seconds(value)
    case "m": self = .seconds(value * 60)
    case "h": self = .seconds(value * 3600)
    default: return nil
    }
  }
}
