/// A mistake in a theme file, with its place.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// Both are counted from 1.
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
