package import Health

/// The screen hangs on a wall: no footer, pages that take turns, and a question before it quits.
package struct WallMode: Hashable, Sendable {
  /// Since when this page is shown.
  package internal(set) var shownSince: Moment
  /// When the last key stopped it, since somebody was there then; nil while pages take turns.
  package internal(set) var haltedAt: Moment?
  package internal(set) var isQuitAsked = false

  package static let turn = Duration.seconds(20)
  /// Without a key for so long, nobody is there any more.
  package static let patience = Duration.seconds(60)

  package var isRotating: Bool { haltedAt == nil }

  init(at now: Moment) { shownSince = now }
}
