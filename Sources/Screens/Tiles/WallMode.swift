package import Health

/// The screen hangs on a wall: no footer, pages that take turns, and a question before it quits.
package struct WallMode: Hashable, Sendable {
  /// Since when this page is shown.
  package internal(set) var shownSince: Moment
  /// Any key stops it, since somebody is there then.
  package internal(set) var isRotating = true
  package internal(set) var isQuitAsked = false

  package static let turn = Duration.seconds(20)

  init(at now: Moment) { shownSince = now }
}
