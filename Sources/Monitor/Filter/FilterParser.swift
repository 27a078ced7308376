import Health

/// Parses a filter's text: `OR` binds least, then blanks, which mean AND, then `!`.
struct FilterParser {
  var scanner: FilterScanner
  private var depth = 0

  init(_ text: String) throws(FilterError) { scanner = try FilterScanner(text) }

  /// The whole text.
  mutating func filter() throws(FilterError) -> FilterExpression {
    scanner.skipBlanks()
    if scanner.next == nil { return .all([]) }
    let expression = try alternatives()
    if scanner.next == ")" {
      throw FilterError("there is no opening parenthesis for this one", at: here(1))
    }
    return expression
  }

  private mutating func alternatives() throws(FilterError) -> FilterExpression {
    var parts = [try conjunction()]
    while scanner.skipWord("OR") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(FilterError) -> FilterExpression {
    var parts: [FilterExpression] = []
    scanner.skipBlanks()
    while let next = scanner.next, next != ")", !isBefore("OR") {
      parts.append(try term())
      scanner.skipBlanks()
    }
    if parts.isEmpty {
      throw FilterError("a search term is missing here", at: here(0))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func term() throws(FilterError) -> FilterExpression {
    let start = scanner.place
    guard depth < Self.deepest else {
      throw FilterError("parentheses are nested more than \(Self.deepest) levels deep", at: here(1))
    }
    depth += 1
    defer { depth -= 1 }
    if scanner.skip("(") { return try group(from: start) }
    if scanner.skip("!") { return .not(try negated(from: start)) }
    if scanner.skip("@") { return .flag(try set(from: start)) }
    if let (name, range, found) = scanner.fieldAndOperator() {
      return try test(named: name, range, found)
    }
    return .word(FilterWord(try text(from: start)))
  }

  /// Far more than anybody types, and far less than the stack holds.
  private static let deepest = 50

  private mutating func text(from start: Int) throws(FilterError) -> String {
    let text = try scanner.text()
    guard text.isEmpty else { return text }
    throw FilterError("a search text is missing here", at: start..<scanner.place)
  }

  private mutating func group(from start: Int) throws(FilterError) -> FilterExpression {
    let expression = try alternatives()
    guard scanner.skip(")") else {
      throw FilterError("the closing parenthesis is missing", at: start..<start + 1)
    }
    return expression
  }

  private mutating func negated(from start: Int) throws(FilterError) -> FilterExpression {
    if scanner.next.map({ $0.isWhitespace || $0 == ")" }) ?? true {
      throw FilterError("a term is missing after !", at: start..<start + 1)
    }
    return try term()
  }

  private mutating func set(from start: Int) throws(FilterError) -> FilterFlag {
    let name = try scanner.text()
    if let flag = FilterFlag(rawValue: name.lowercased()) { return flag }
    let known = FilterFlag.allCases.map { FieldWord($0.rawValue) }
    throw FilterError(
      Self.unknown("set", name, among: known, mark: "@"),
      at: start..<scanner.place
    )
  }
}

// MARK: - What the errors say

extension FilterParser {
  /// The range from here on.
  func here(_ length: Int) -> Range<Int> { scanner.place..<scanner.place + length }

  /// `there is no status "bloked"; did you mean "blocked"?`, or a list of the known ones.
  static func unknown(
    _ kind: String,
    _ word: String,
    among known: [FieldWord],
    mark: String = ""
  ) -> String {
    let near = NearestName.of(word, among: known.flatMap(\.spellings))
    let help =
      near.map { "did you mean \"\(mark)\($0)\"?" }
      ?? "known are " + known.map { mark + $0.name }.joined(separator: ", ")
    return "there is no \(kind) \"\(mark)\(word)\"; \(help)"
  }

  private func isBefore(_ word: String) -> Bool {
    var ahead = scanner
    return ahead.skipWord(word)
  }
}
