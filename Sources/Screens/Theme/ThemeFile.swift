package import Canvas
import YAML

/// The contents of a theme file (README.md describes the format), not resolved.
package struct ThemeFile: Sendable {
  package enum Appearance: String, Sendable, CaseIterable {
    case dark
    case light
    case any
  }

  package internal(set) var title: String?
  package internal(set) var appearance = Appearance.any
  package internal(set) var license: String?
  package internal(set) var isSafeForColorBlind = false
  /// Missing roles use their fallback.
  package internal(set) var roles: [Role: RoleStyle] = [:]

  /// The style of one role in a file; a named role takes nothing from its fallback.
  package struct RoleStyle: Hashable, Sendable {
    package var foreground: ThemeColor?
    package var background: ThemeColor?
    package var attributes: Attributes = []
    /// The author's choice for terminals with 16 colours, instead of the nearest match.
    package var ansi: Color?
  }

  /// Reads a theme file.
  ///
  /// - Parameters:
  ///   - text: the YAML.
  ///   - path: The path for messages.
  /// - Throws: `ThemeError`, which names the file, the line and the column.
  package init(reading text: String, path: String) throws(ThemeError) {
    let root: YAMLNode?
    do throws(YAMLError) {
      root = try YAMLNode.read(text)
    } catch {
      throw ThemeError(
        path: path,
        line: error.mark?.line ?? 1,
        column: error.mark?.column ?? 1,
        error.message
      )
    }
    guard let root, !root.isMissing else { return }
    var reader = ThemeReader(path: path)
    try reader.read(root)
    self = reader.file
  }

  init() {}
}
