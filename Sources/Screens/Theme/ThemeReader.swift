import Canvas
import YAML

/// Reads the nodes of a theme file; unknown keys are mistakes.
struct ThemeReader {
  private let path: String
  private(set) var file = ThemeFile()
  private var palette: [String: ThemeColor] = [:]

  init(path: String) { self.path = path }

  mutating func read(_ root: YAMLNode) throws(ThemeError) {
    let sections = try mapping(root, of: "a theme")
    for (key, value) in sections {
      guard ["meta", "palette", "roles"].contains(key.text) else {
        throw mistake(key.node, "`\(key.text)` is not one of meta, palette, roles")
      }
      if key.text == "meta" { try readMeta(value) }
      // The palette is read first, because it may come after the roles in the file.
      if key.text == "palette" { try readPalette(value) }
    }
    for (key, value) in sections where key.text == "roles" { try readRoles(value) }
  }

  private mutating func readMeta(_ node: YAMLNode) throws(ThemeError) {
    for (key, value) in try mapping(node, of: "meta") {
      let text = try scalar(value)
      switch key.text {
      case "name": file.title = text
      case "license": file.license = text
      case "author", "source": break
      case "appearance":
        guard let appearance = ThemeFile.Appearance(rawValue: text) else {
          throw mistake(value, "appearance must be dark, light or any, not `\(text)`")
        }
        file.appearance = appearance
      case "colorblind_safe":
        guard ["true", "false"].contains(text.lowercased()) else {
          throw mistake(value, "colorblind_safe must be true or false, not `\(text)`")
        }
        file.isSafeForColorBlind = text.lowercased() == "true"
      default:
        throw mistake(
          key.node,
          "`\(key.text)` is not one of name, appearance, license, author, source, colorblind_safe"
        )
      }
    }
  }

  private mutating func readPalette(_ node: YAMLNode) throws(ThemeError) {
    for (key, value) in try mapping(node, of: "the palette") {
      palette[key.text] = try color(value)
    }
  }

  private mutating func readRoles(_ node: YAMLNode) throws(ThemeError) {
    for (key, value) in try mapping(node, of: "the roles") {
      guard let role = Role(name: key.text) else {
        let nearest = Role.nearest(to: key.text).name
        throw mistake(key.node, "`\(key.text)` is not a role; did you mean `\(nearest)`?")
      }
      file.roles[role] = try look(value, of: role)
    }
  }

  private func look(_ node: YAMLNode, of role: Role) throws(ThemeError) -> ThemeFile.RoleStyle {
    var look = ThemeFile.RoleStyle()
    guard node.mapping != nil else {
      // A single colour is the text colour, except for roles without text.
      if role == .background {
        look.background = try color(node)
      } else {
        look.foreground = try color(node)
      }
      return look
    }
    for (key, value) in try mapping(node, of: "a role") {
      switch key.text {
      case "fg": look.foreground = try color(value)
      case "bg": look.background = try color(value)
      case "ansi": look.ansi = try ansi(value)
      case "attr": look.attributes = try attributes(value)
      default: throw mistake(key.node, "`\(key.text)` is not one of fg, bg, attr, ansi")
      }
    }
    return look
  }

  private func attributes(_ node: YAMLNode) throws(ThemeError) -> Attributes {
    var found: Attributes = []
    for word in try scalar(node).split(whereSeparator: { $0 == "," || $0 == " " }) {
      switch word {
      case "bold": found.insert(.bold)
      case "reverse": found.insert(.reverse)
      case "dim": found.insert(.dim)
      case "underline": found.insert(.underline)
      case "none": break
      default: throw mistake(node, "`\(word)` is not one of bold, reverse, dim, underline")
      }
    }
    return found
  }

  private func ansi(_ node: YAMLNode) throws(ThemeError) -> Color {
    guard let ansi = try color(node).ansi else {
      throw mistake(node, "ansi must be one of 16 colours, by name or 0-15, or default")
    }
    return ansi
  }

  private func color(_ node: YAMLNode) throws(ThemeError) -> ThemeColor {
    guard !node.isMissing else {
      throw mistake(
        node,
        "the colour is missing; quote a hex colour, or YAML reads it as a comment"
      )
    }
    let text = try scalar(node)
    if text.hasPrefix("$") {
      guard let named = palette[String(text.dropFirst())] else {
        throw mistake(node, "the palette has no `\(text.dropFirst())`")
      }
      return named
    }
    guard let color = ThemeColor(text) else {
      throw mistake(
        node,
        "`\(text)` is not a colour: \"#rrggbb\", $name, 0-255, an ANSI name, default or none"
      )
    }
    return color
  }

  private typealias Entry = (key: (text: String, node: YAMLNode), value: YAMLNode)

  private func mapping(_ node: YAMLNode, of what: String) throws(ThemeError) -> [Entry] {
    if node.isMissing { return [] }
    guard let mapping = node.mapping else {
      throw mistake(node, "\(what) is a list of `key: value` lines")
    }
    var entries: [Entry] = []
    for entry in mapping {
      entries.append((key: (text: try scalar(entry.key), node: entry.key), value: entry.value))
    }
    return entries
  }

  private func scalar(_ node: YAMLNode) throws(ThemeError) -> String {
    guard let scalar = node.scalar else { throw mistake(node, "expected a plain value") }
    return scalar
  }

  private func mistake(_ node: YAMLNode, _ message: String) -> ThemeError {
    ThemeError(path: path, line: node.mark.line, column: node.mark.column, message)
  }
}

extension Role {
  /// The role with the most similar name.
  static func nearest(to name: String) -> Role {
    let distances = allCases.map { ($0, distance($0.name, name)) }
    return distances.min { $0.1 < $1.1 }?.0 ?? .text
  }

  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (line, letter) in left.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in right.indices {
        let replaced = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row.last ?? 0
  }
}
