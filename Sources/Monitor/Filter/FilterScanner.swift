import Health

/// Reads a filter's text character by character: blanks, quotes, escapes and operators.
struct FilterScanner {
  private let characters: [Character]
  private(set) var place = 0

  /// - Throws: `FilterError` if it is too long.
  init(_ text: String) throws(FilterError) {
    characters = Array(text)
    guard characters.count <= Self.longest else {
      let rest = Self.longest..<characters.count
      throw FilterError("a filter has at most \(Self.longest) characters", at: rest)
    }
  }

  private static let longest = 1000

  var next: Character? { place < characters.count ? characters[place] : nil }

  /// Whether a term ends here.
  private var isAtBoundary: Bool { next.map { $0.isWhitespace || $0 == ")" } ?? true }

  mutating func skipBlanks() {
    while next?.isWhitespace == true { place += 1 }
  }

  mutating func skip(_ text: String) -> Bool {
    let wanted = Array(text)
    guard characters[place...].starts(with: wanted) else { return false }
    place += wanted.count
    return true
  }

  /// Consumes `OR` if it is a separate word.
  mutating func skipWord(_ word: String) -> Bool {
    let start = place
    guard skip(word), isAtBoundary || next == "(" else {
      place = start
      return false
    }
    return true
  }

  /// Consumes a field's name and its operator; nothing if there is no operator.
  mutating func fieldAndOperator() -> (name: String, range: Range<Int>, FilterOperator)? {
    let start = place
    while !isAtBoundary, let character = next, !"\"\\(".contains(character) {
      let end = place
      if let found = filterOperator() {
        return (String(characters[start..<end]), start..<end, found)
      }
      place += 1
    }
    place = start
    return nil
  }

  private mutating func filterOperator() -> FilterOperator? {
    FilterOperator.longestFirst.first { skip($0.rawValue) }
  }
}

// MARK: - Texts

extension FilterScanner {
  /// A text up to a blank, a closing parenthesis or, in a list, a comma.
  ///
  /// Quotes may contain blanks, and a backslash escapes the next character. Balanced parentheses
  /// are part of the text.
  mutating func text(endingAtComma: Bool = false) throws(FilterError) -> String {
    var text = ""
    var depth = 0
    while let character = next, !character.isWhitespace {
      switch character {
      case ")" where depth == 0: return text
      case "," where endingAtComma && depth == 0: return text
      case "\"": text += try quoted()
      case "\\": text.append(try escaped())
      default:
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
        text.append(character)
        place += 1
      }
    }
    return text
  }

  private mutating func quoted() throws(FilterError) -> String {
    let start = place
    var text = ""
    place += 1
    while let character = next {
      if character == "\"" {
        place += 1
        return text
      }
      if character == "\\" {
        text.append(try escaped())
      } else {
        text.append(character)
        place += 1
      }
    }
    throw FilterError("the closing quote is missing", at: start..<place)
  }

  private mutating func escaped() throws(FilterError) -> Character {
    place += 1
    guard let character = next else {
      throw FilterError("a character is missing after \\", at: place - 1..<place)
    }
    place += 1
    return character
  }

  /// A regular expression, with the place of each of its characters and of its end.
  ///
  /// Backslashes are kept; only `\"` in quotes becomes a quote.
  mutating func pattern() throws(FilterError) -> (text: [Character], places: [Int]) {
    guard next == "\"" else { return barePattern() }
    let start = place
    var (text, places): ([Character], [Int]) = ([], [])
    place += 1
    while let character = next, character != "\"" {
      if character == "\\", place + 1 < characters.count, characters[place + 1] == "\"" {
        place += 1
      }
      places.append(place)
      text.append(characters[place])
      place += 1
    }
    places.append(place)
    guard skip("\"") else {
      throw FilterError("the closing quote is missing", at: start..<place)
    }
    return (text, places)
  }

  private mutating func barePattern() -> (text: [Character], places: [Int]) {
    let start = place
    var (depth, isInClass) = (0, false)
    while let character = next, !character.isWhitespace {
      if character == ")", !isInClass, depth == 0 { break }
      switch character {
      case "\\" where place + 1 < characters.count: place += 1
      case "[": isInClass = true
      case "]": isInClass = false
      case "(" where !isInClass: depth += 1
      case ")" where !isInClass: depth -= 1
      default: break
      }
      place += 1
    }
    return (Array(characters[start..<place]), Array(start...place))
  }
}
