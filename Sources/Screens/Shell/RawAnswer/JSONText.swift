import Health

/// Formats the body of an answer as lines, as JSON if possible.
///
/// The body is untrusted: it may be truncated, not JSON at all, or nested without end. Everything
/// but secrets is kept, and every character that could affect a terminal is escaped.
struct JSONText {
  private var lines: [RawLine] = []
  private var depth = 0
  private var name = ""
  private var value = ""
  private var rest: Substring.UnicodeScalarView

  /// The maximum indent.
  private static let deepest = 40

  static func lines(of bytes: [UInt8]) -> [RawLine] {
    let text = String(decoding: bytes, as: UTF8.self)
    let first = text.unicodeScalars.first { !isBlank($0) }
    guard first == "{" || first == "[" else { return plain(text) }
    var writer = JSONText(text)
    writer.write()
    return writer.lines
  }

  private init(_ text: String) { rest = text.unicodeScalars[...] }

  /// The lines of a body that is not JSON.
  private static func plain(_ text: String) -> [RawLine] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { RawLine(depth: 0, value: escaped(Secrets.blotted(String($0)), quotes: false)) }
  }

  private mutating func write() {
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{", "[": open(scalar)
      case "}", "]": close(scalar)
      case ",":
        value += ","
        flush()
      case ":":
        name = value + ": "
        value = ""
      case "\"": string()
      case _ where Self.isBlank(scalar): break
      default: literal(from: scalar)
      }
    }
    flush()
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    let end: Unicode.Scalar = bracket == "{" ? "}" : "]"
    let after = rest.drop(while: Self.isBlank)
    value.unicodeScalars.append(bracket)
    if after.first == end {
      value.unicodeScalars.append(end)
      rest = after.dropFirst()
    } else {
      flush()
      depth += 1
    }
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    flush()
    depth = max(depth - 1, 0)
    value.unicodeScalars.append(bracket)
  }

  private mutating func flush() {
    guard !name.isEmpty || !value.isEmpty else { return }
    lines.append(RawLine(depth: min(depth, Self.deepest), name: name, value: value))
    (name, value) = ("", "")
  }

  private mutating func literal(from first: Unicode.Scalar) {
    var text = String.UnicodeScalarView([first])
    while let next = rest.first, !",:{}[]\"".unicodeScalars.contains(next), !Self.isBlank(next) {
      text.append(next)
      rest.removeFirst()
    }
    let word = String(text)
    let isFlag = ["true", "false", "null"].contains(word)
    value += !isFlag && isSecret ? Self.quoted(Secrets.mark) : Self.escaped(word, quotes: false)
  }

  private mutating func string() {
    let text = content()
    let isName = rest.first { !Self.isBlank($0) } == ":"
    let isHidden = !isName && !text.isEmpty && isSecret
    value += Self.quoted(isHidden ? Secrets.mark : Secrets.blotted(text))
  }

  /// Whether the next value is a secret.
  private var isSecret: Bool { !name.isEmpty && Secrets.isSecret(name: bareName) }

  /// The name without quotes and colon.
  private var bareName: Substring { name.dropFirst().dropLast(3) }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
  }
}

// MARK: - Strings

extension JSONText {
  /// The content of a string, up to its closing quote or the end of the text.
  private mutating func content() -> String {
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst(), scalar != "\"" {
      guard scalar == "\\", let escape = rest.popFirst() else {
        text.append(scalar)
        continue
      }
      switch escape {
      case "\"", "\\", "/": text.append(escape)
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "r": text.append("\r")
      case "b": text.append("\u{08}")
      case "f": text.append("\u{0C}")
      case "u": text.append(contentsOf: unit())
      default: text.append(contentsOf: ["\\", escape])
      }
    }
    return String(text)
  }

  /// What follows `\u`: a scalar, two of them for one beyond the first plane.
  private mutating func unit() -> [Unicode.Scalar] {
    guard let high = hexadecimal() else { return ["\\", "u"] }
    if let scalar = Unicode.Scalar(high) { return [scalar] }
    let before = rest
    if rest.popFirst() == "\\", rest.popFirst() == "u", let low = hexadecimal(),
      (0xD800..<0xDC00).contains(high), (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    {
      return [scalar]
    }
    rest = before
    return ["\u{FFFD}"]
  }

  private mutating func hexadecimal() -> UInt32? {
    let digits = rest.prefix(4)
    guard digits.count == 4, let code = UInt32(String(digits), radix: 16),
      digits.allSatisfy(\.properties.isASCIIHexDigit)
    else { return nil }
    rest = rest.dropFirst(4)
    return code
  }

  /// A JSON string with all invisible and control characters escaped.
  static func quoted(_ text: String) -> String { "\"\(escaped(text, quotes: true))\"" }

  static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"" where quotes: escaped.append(contentsOf: ["\\", "\""])
      case "\\" where quotes: escaped.append(contentsOf: ["\\", "\\"])
      case "\n": escaped.append(contentsOf: ["\\", "n"])
      case "\r": escaped.append(contentsOf: ["\\", "r"])
      case "\t": escaped.append(contentsOf: ["\\", "t"])
      case " "..."~": escaped.append(scalar)
      default:
        if isVisible(scalar) {
          escaped.append(scalar)
        } else {
          for unit in String(scalar).utf16 { escaped.append(contentsOf: Self.escape(unit)) }
        }
      }
    }
    return String(escaped)
  }

  private static func escape(_ unit: UInt16) -> String.UnicodeScalarView {
    let digits = String(unit, radix: 16, uppercase: false)
    return ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
