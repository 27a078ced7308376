package import Canvas
import Themes

/// A theme with all its fallbacks followed: what the terminal is given.
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

  /// The themes of the binary, by name.
  package static var names: [String] { Themes.all.map(\.name) }

  /// One of the themes of the binary; nil where there is none of that name.
  package static func builtIn(_ name: String) -> Theme? {
    // The tests read every file, so that none has a mistake.
    (try? Theme(named: name)) ?? nil
  }

  /// What is shown where no other can be.
  package static let standard = builtIn(Themes.standard.name) ?? empty

  /// What is shown where there are no colours: attributes say what they would.
  package static let mono = builtIn(Themes.mono.name) ?? empty

  private static let empty = Theme(name: "empty", file: ThemeFile())

  /// Reads one of the themes of the binary.
  ///
  /// - Parameter name: One of `names`; nil where there is no theme of that name.
  /// - Throws: `ThemeError`, which the tests keep from happening.
  package init?(named name: String) throws(ThemeError) {
    guard let file = Themes.all.first(where: { $0.name == name }) else { return nil }
    self.init(name: name, file: try ThemeFile(reading: file.text, path: "\(name).yaml"))
  }
}

extension StyleSheet {
  /// Gives every role a style: the theme's own, else that of the role's fallback.
  fileprivate init(resolving file: ThemeFile) {
    self.init()
    var resolver = FallbackResolver(file: file)
    for role in Role.allCases { self[role] = resolver.style(of: role) }
  }
}
