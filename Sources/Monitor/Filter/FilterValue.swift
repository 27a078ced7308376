import Health

/// A value that a field is compared with, as typed, and its place.
struct FilterValue {
  let text: String
  let range: Range<Int>
}

extension FilterValue {
  /// The words of a closed list that it matches.
  func names(
    among words: [FieldWord],
    of field: FilterField,
    byPrefix: Bool
  ) throws(FilterError) -> [String] {
    let wanted = text.lowercased()
    let found = words.filter { word in
      word.spellings.contains { byPrefix ? $0.hasPrefix(wanted) : $0 == wanted }
    }
    if !found.isEmpty { return found.map(\.name) }
    throw FilterError(FilterParser.unknown(field.rawValue, text, among: words), at: range)
  }

  func qualityRank() throws(FilterError) -> Int? {
    let rating = AsSent<QualityRating>(text).value
    guard case .unrecognized = rating else { return rating.rank }
    let words = [FieldWord("red"), FieldWord("yellow"), FieldWord("green")]
    throw FilterError(FilterParser.unknown("quality", text, among: words), at: range)
  }

  /// `250`, `1K`, `TIER_1K`, `unlimited`.
  func limit() throws(FilterError) -> MessagingLimit {
    let limit = AsSent<MessagingLimit>(text).value
    guard case .unrecognized = limit else { return limit }
    throw FilterError("\"\(text)\" is not a limit; write 250, 1K, 100000 or unlimited", at: range)
  }

  /// `30s`, `10m`, `1h30m`, `2d`, `1w`.
  func duration() throws(FilterError) -> Duration {
    var (seconds, figure) = (0, 0)
    var hasFigure = false
    for character in text.lowercased() {
      if let digit = character.wholeNumberValue, character.isASCII, figure < 1_000_000 {
        (figure, hasFigure) = (figure * 10 + digit, true)
      } else if let unit = Self.units[character], hasFigure {
        seconds += figure * unit
        (figure, hasFigure) = (0, false)
      } else {
        throw noDuration
      }
    }
    if hasFigure { throw noDuration }
    return .seconds(seconds)
  }

  private static let units: [Character: Int] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]

  private var noDuration: FilterError {
    FilterError("\"\(text)\" is not a duration such as 30s, 10m, 1h30m or 2d", at: range)
  }
}
