import Health

/// A regular expression of a filter; the case never counts.
///
/// Most are a text with or without `^` and `$`, which is compared as bytes: a hundred thousand rows
/// have to answer between two keys. What could run for ever is refused.
struct FilterPattern: Hashable, Sendable {
  let text: String
  private let compiled: CompiledPattern

  /// - Parameters:
  ///   - characters: The expression.
  ///   - places: Where each of them stands in the filter, and where it ends.
  /// - Throws: `FilterError` when it doesn't read, or could run for ever.
  init(_ characters: [Character], at places: [Int]) throws(FilterError) {
    let text = String(characters)
    do {
      compiled = CompiledPattern(regex: try Regex(text).ignoresCase(), shape: PatternShape(text))
    } catch {
      let range = Self.range(of: error, in: text) ?? 0..<characters.count
      throw FilterError(
        "the regular expression doesn't read: \(error)",
        at: places[range.lowerBound]..<places[range.upperBound]
      )
    }
    self.text = text
    if let risk = compiled.shape.risk {
      throw FilterError(
        "this could take forever: \(risk.reason)",
        at: places[risk.range.lowerBound]..<places[risk.range.upperBound]
      )
    }
  }

  func matches(_ value: String) -> Bool {
    let shape = compiled.shape
    if let plain = shape.plain { return plain.matches(value) }
    guard shape.needed.allSatisfy({ value.contains(folded: $0) }) else { return false }
    let isLong = value.utf8.count > Self.longestValue
    let value = isLong ? String(value.prefix(Self.longestValue)) : value
    // An expression that was made from text has nothing in it that throws.
    return (try? compiled.regex.firstMatch(in: value)) != nil
  }

  /// What strangers wrote may be as long as they like; time grows with a power of it.
  private static let longestValue = 512

  /// The parser's error has the place, but no name that could be asked for it.
  private static func range(of error: any Error, in text: String) -> Range<Int>? {
    let range = Mirror(reflecting: error).descendant("location", "range") as? Range<String.Index>
    return range.map {
      let start = text.distance(from: text.startIndex, to: $0.lowerBound)
      let end = text.distance(from: text.startIndex, to: $0.upperBound)
      return start..<max(start, end)
    }
  }

  static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// An expression that is ready to run.
///
/// `Regex` is not Sendable because it may hold closures; one that is made from text holds none and is
/// never changed.
private struct CompiledPattern: @unchecked Sendable {
  let regex: Regex<AnyRegexOutput>
  let shape: PatternShape
}
