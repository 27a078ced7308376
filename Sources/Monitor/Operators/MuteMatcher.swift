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

  mutating func passes(
    _ record: FilterMatcher.Record,
    at place: Int,
    _ matcher: FilterMatcher
  ) -> Bool {
    guard let filter else { return false }
    clock.expect(record, at: place, after: matcher.now)
    // Making the text costs more than all other tests.
    let text =
      searches ? SearchText(record.pointee, in: matcher.fleet) : SearchText.none
    return matcher.passes(filter.expression, record, text)
  }
}
