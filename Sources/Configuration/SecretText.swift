/// Extracts the key from pasted or stored text.
enum SecretText {
  enum Fault: Error, Hashable {
    case notUTF8
    case empty
    case severalLines
    case controlCharacter
    case scheme(String)
    case schemeTwice(String)
    case schemeAlone(String)
    case headerName
    case variableWithoutBraces
    case placeholder
    case address

    var text: String {
      switch self {
      case .notUTF8: "is not UTF-8 text"
      case .empty: "is empty"
      case .severalLines: "has more than one line"
      case .controlCharacter: "contains a control character"
      case .scheme(let word): "begins with the word \(word); expected only the key"
      case .schemeTwice(let word): "begins with the word \(word) twice; keep one"
      case .schemeAlone(let word): "is only the word \(word), without a key after it"
      case .variableWithoutBraces: "is the name of a variable without braces; write ${NAME}"
      case .placeholder: "is the placeholder of an example; put the key itself in its place"
      case .address: "is an address; expected the key itself"
      case .headerName: "begins with the header's name; expected only what follows it"
      }
    }
  }

  /// Removes a byte order mark, and surrounding white space and quotes.
  ///
  /// In a whole header value, `Bearer` may precede the key; elsewhere it is a mistake, since the
  /// requests add that word themselves.
  static func trimmed(_ text: String, isHeader: Bool) throws(Fault) -> String {
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
    let key = String(scalars)
    try checkScheme(of: key, isHeader: isHeader)
    return key
  }

  static func trimmed(_ bytes: [UInt8], isHeader: Bool) throws(Fault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    return try trimmed(text, isHeader: isHeader)
  }

  private static func checkScheme(of key: String, isHeader: Bool) throws(Fault) {
    let words = key.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    guard let first = words.first, isScheme(first) else { return }
    guard words.count > 1 else { throw .schemeAlone(String(first)) }
    guard isHeader else { throw .scheme(String(first)) }
    if first.hasSuffix(":") { throw .headerName }
    if isScheme(words[1]) { throw .schemeTwice(String(first)) }
  }

  /// Rejects what examples have in the place of a key.
  ///
  /// - Parameter key: As it stands in the configuration, before variables are expanded: what a variable, a
  ///   file or a program holds is a key, whatever it looks like.
  /// - Throws: What it is instead of a key.
  static func checkForm(of key: String) throws(Fault) {
    let words = key.split(separator: " ", maxSplits: 1)
    let key = words.count > 1 && isScheme(words[0]) ? String(words[1]) : key
    let word = key.lowercased()
    let isName = { (text: Substring) in
      !text.isEmpty && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x5F }
    }
    if key.hasPrefix("$"), isName(key.dropFirst()) { throw .variableWithoutBraces }
    if ["https://", "http://"].contains(where: word.hasPrefix) { throw .address }
    let beginnings = ["your_", "your-", "your ", "<your", "change_me", "change-me", "changeme"]
    let isMarked = word.hasPrefix("<") && word.hasSuffix(">") || word.hasPrefix("{{")
    let isDotted = word.hasSuffix("...") || word.hasSuffix("…")
    let isBlank = word.count >= 4 && word.allSatisfy { $0 == "x" }
    guard !isMarked, !isDotted, !isBlank, !beginnings.contains(where: word.hasPrefix),
      !["todo", "api_key", "access_token", "replace-me", "replace_me"].contains(word)
    else { throw .placeholder }
  }

  /// Includes the header's name, because whole lines are copied from examples.
  private static func isScheme(_ word: Substring) -> Bool {
    ["bearer", "bearer:", "authorization:"].contains(word.lowercased())
  }

  private static func trimBlanks(_ scalars: inout Substring.UnicodeScalarView) {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "\u{feff}"
    }
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
  }
}
