import Health

/// A mute with its filter: which numbers it mutes.
struct MuteMatcher: Sendable {
  let mute: Mute
  /// Nil if this version can't read it: then it mutes nothing.
  private let filter: Filter?
  /// Whether it searches the texts of a number.
  private let searches: Bool
  private var clock: FilterClock

  init(_ mute: Mute) {
    self.mute = mute
    filter = try? Filter(muting: mute.filter)
    clock = FilterClock(filter?.expression ?? .all([]))
    searches =
      filter?.expression.parts.contains { if case .word = $0 { true } else { false } } ?? false
  }

  /// When a number next passes or fails only because time passes.
  var next: Moment? { clock.next }

  mutating func takeDue(at now: Moment) -> Set<Int> { clock.due(at: now) }

  /// - Parameters:
  ///   - record: The number.
  ///   - place: Its place in the fleet.
  ///   - text: Its texts, once a filter needed them: making them costs more than all other tests.
  ///   - matcher: The fleet and the time.
  /// - Returns: Whether the number is muted.
  mutating func passes(
    _ record: FilterMatcher.Record,
    at place: Int,
    _ text: inout SearchText?,
    _ matcher: FilterMatcher
  ) -> Bool {
    guard let filter else { return false }
    clock.expect(record, at: place, after: matcher.now)
    if searches, text == nil { text = SearchText(record.pointee, in: matcher.fleet) }
    return matcher.passes(filter.expression, record, text ?? .none)
  }
}
