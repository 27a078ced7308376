/// What people paste or store as a key, brought to what the key is.
enum SecretText {
  enum Fault: Error, Hashable {
    case notUTF8
    case empty
    case severalLines
    case controlCharacter

    var text: String {
      switch self {
      case .notUTF8: "is not UTF-8 text"
      case .empty: "is empty"
      case .severalLines: "has more than one line"
      case .controlCharacter: "has a control character in it"
      }
    }
  }

  /// Without byte order mark, white space and quotes around it.
  static func trimmed(_ text: String) throws(Fault) -> String {
    var scalars = text.unicodeScalars[...]
    trimBlanks(&scalars)
    if let quote = scalars.first, quote == "\"" || quote == "'", scalars.count > 1,
      scalars.last == quote
    {
      scalars = scalars.dropFirst().dropLast()
      trimBlanks(&scalars)
    }
    guard !scalars.isEmpty else { throw .empty }
    for scalar in scalars {
      if scalar == "\n" || scalar == "\r" { throw .severalLines }
      if scalar.properties.generalCategory == .control { throw .controlCharacter }
    }
    return String(scalars)
  }

  static func trimmed(_ bytes: [UInt8]) throws(Fault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    return try trimmed(text)
  }

  private static func trimBlanks(_ scalars: inout Substring.UnicodeScalarView) {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "\u{feff}"
    }
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
  }
}
