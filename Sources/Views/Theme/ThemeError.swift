import Yams

/// A mistake in a theme file, with the place where it is.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// Both from 1.
  package let line: Int
  package let column: Int
  package let message: String

  package init(path: String, line: Int, column: Int, _ message: String) {
    self.path = path
    self.line = line
    self.column = column
    self.message = message
  }

  package var description: String { "\(path):\(line):\(column): \(message)" }
}

extension ThemeError {
  /// What the YAML reader stumbled over.
  init(path: String, syntax error: any Error) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(path: path, line: mark.line, column: mark.column, "this is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "`\($0)`" }.joined(separator: ", ")
      self.init(
        path: path,
        line: context.mark.line,
        column: context.mark.column,
        "\(keys) is there twice"
      )
    default:
      self.init(path: path, line: 1, column: 1, "this is not YAML: \(error)")
    }
  }
}
