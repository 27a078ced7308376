import Health
import Monitor

extension Confirmation.Progress {
  /// Such as `1/2`: as many polls say it, of those that confirm it.
  var text: String { "\(polls)/\(needed)" }

  var sentence: String { "by \(polls) of \(needed) polls, was \(told.word)" }
}

extension DrawContext {
  /// How far a cause is confirmed; nil if it is, for any of its numbers.
  func progress(of cause: RankedCause) -> Confirmation.Progress? {
    let confirmation = state.confirmation
    guard (1...max(confirmation.pendingCount, 1)).contains(cause.hit) else { return nil }
    let places = state.causeIndex.places(of: cause.id, first: cause.hit)
    let all = places.map { confirmation.progress(of: state.fleet.records[$0].id) }
    return all.contains(nil) ? nil : all.compactMap(\.self).max { $0.polls < $1.polls }
  }
}
