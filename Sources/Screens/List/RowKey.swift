import Health
import Monitor

/// The sort key of a row: values, never formatted text.
struct RowKey: Hashable, Sendable {
  /// The column's numeric value; nil if there is none.
  let figure: Int64?
  /// The column's text value.
  let word: String
  /// The state, the worst one of a flapping number, and what operators said.
  let rank: Int64
  /// Groups numbers with one cause.
  let cause: String
  let number: String
  /// Makes the order total, so that a row can be found by its key.
  let id: PhoneNumber.ID

  /// - Parameters:
  ///   - record: The number.
  ///   - column: The sorted column.
  ///   - former: An earlier key of the number with the same texts, which are reused because making
  ///     them is slow.
  init(_ record: NumberRecord, column: ListColumn, like former: RowKey? = nil) {
    rank = Self.rank(of: record)
    cause = former?.cause ?? record.assessment.causes.first.map(Self.text) ?? ""
    number = former?.number ?? record.displayNumber
    id = record.id
    (figure, word) =
      switch column.order {
      case .figure(let value)?, .measured(let value)?: (value(record), "")
      case .word(let value)?: (nil, value(record))
      case .number?: (nil, number)
      case .cause?: (nil, cause)
      case nil: (nil, "")
      }
  }

  /// Worst first; what is acknowledged or muted is below all else of its severity.
  static func rank(of record: NumberRecord) -> Int64 {
    let state = record.rankingState
    let severity = Severity.critical.rawValue - state.severity.rawValue
    let depth = record.marks.contains(.muted) ? 2 : record.marks.isEmpty ? 0 : 1
    return Int64(severity << 8 | depth << 4 | Int(state.rawValue))
  }

  private static func text(_ cause: Cause) -> String {
    "\(cause.kind.word) \(cause.id ?? "") \(cause.text)"
  }

  /// Always inlined, so that keys are compared in place: they are large, and a search compares many.
  @inline(__always)
  func precedes(_ other: Self, reversed: Bool) -> Bool {
    if figure != other.figure {
      guard let figure else { return false }
      guard let theirs = other.figure else { return true }
      return reversed ? theirs < figure : figure < theirs
    }
    if word != other.word {
      if word.isEmpty || other.word.isEmpty { return other.word.isEmpty }
      return reversed ? other.word < word : word < other.word
    }
    if rank != other.rank { return rank < other.rank }
    if cause != other.cause { return cause < other.cause }
    if number != other.number { return number < other.number }
    return id < other.id
  }
}

extension Duration {
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
