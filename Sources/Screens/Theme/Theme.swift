package import Canvas
import Themes

/// A theme with all fallbacks resolved.
package struct Theme: Sendable {
  /// The file's name without `.yaml`: what `--theme` takes.
  package let name: String
  package let file: ThemeFile
  package let styles: StyleSheet

  package init(name: String, file: ThemeFile) {
    self.name = name
    self.file = file
    styles = StyleSheet(resolving: file)
  }

  /// The names of the built-in themes.
  package static var names: [String] { Themes.all.map(\.name) }

  /// A built-in theme; nil if there is none of that name.
  package static func builtIn(_ name: String) -> Theme? {
    // The tests read every file, so that none has a mistake.
    (try? Theme(named: name)) ?? nil
  }

  /// The fallback if no other theme can be used.
  package static let standard = builtIn(Themes.standard.name) ?? empty

  /// For terminals without colours: it uses attributes instead.
  package static let mono = builtIn(Themes.mono.name) ?? empty

  private static let empty = Theme(name: "empty", file: ThemeFile())

  /// Reads a built-in theme.
  ///
  /// - Parameter name: One of `names`; the result is nil for any other.
  /// - Throws: `ThemeError`; the tests make sure that this does not happen.
  package init?(named name: String) throws(ThemeError) {
    guard let file = Themes.all.first(where: { $0.name == name }) else { return nil }
    self.init(name: name, file: try ThemeFile(reading: file.text, path: "\(name).yaml"))
  }
}

extension StyleSheet {
  /// Gives every role a style: the theme's own, or the fallback's.
  fileprivate init(resolving file: ThemeFile) {
    self.init()
    var resolver = FallbackResolver(file: file)
    for role in Role.allCases { self[role] = resolver.style(of: role) }
  }
}
