import Health

/// A regular expression of a filter, which ignores case.
///
/// Most are a plain text with or without `^` and `$`, which is compared as bytes, because a hundred
/// thousand rows have to be matched between two keys. Expressions that could take forever are
/// refused.
struct FilterPattern: Hashable, Sendable {
  let text: String
  private let compiled: CompiledPattern

  /// - Parameters:
  ///   - characters: The expression.
  ///   - places: The place of each of them in the filter, and of its end.
  /// - Throws: `FilterError` if it is not valid or could take forever.
  init(_ characters: [Character], at places: [Int]) throws(FilterError) {
    let text = String(characters)
    do {
      compiled = CompiledPattern(regex: try Regex(text).ignoresCase(), shape: PatternShape(text))
    } catch {
      let range = Self.range(of: error, in: text) ?? 0..<characters.count
      throw FilterError(
        "the regular expression is not valid: \(error)",
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
    // Matching an expression that was made from text never throws.
    return (try? compiled.regex.firstMatch(in: value)) != nil
  }

  /// Providers' texts may have any length, and the time grows with a power of it.
  private static let longestValue = 512

  /// The parser's error contains the place, but has no property for it.
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

/// A compiled expression.
///
/// `Regex` is not Sendable because it may contain closures; one that is made from text contains
/// none and never changes.
private struct CompiledPattern: @unchecked Sendable {
  let regex: Regex<AnyRegexOutput>
  let shape: PatternShape
}
