package import Canvas
import YAML

/// A theme as its file says it (the format is described in README.md): nothing is resolved yet.
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
  /// A role that isn't named falls back.
  package internal(set) var roles: [Role: RoleStyle] = [:]

  /// What a file says of one role; nothing of a role that is named comes from its fallback.
  package struct RoleStyle: Hashable, Sendable {
    package var foreground: ThemeColor?
    package var background: ThemeColor?
    package var attributes: Attributes = []
    /// The author's choice for terminals of 16 colours, in place of the nearest match.
    package var ansi: Color?
  }

  /// Reads a theme file.
  ///
  /// - Parameters:
  ///   - text: the YAML.
  ///   - path: stands in messages.
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
