package import Health

/// Wall mode: no footer, rotating pages, and a question before quitting.
package struct WallMode: Hashable, Sendable {
  /// When the current page was opened.
  package internal(set) var shownSince: Moment
  /// When the last key stopped the rotation; nil during rotation.
  package internal(set) var haltedAt: Moment?
  package internal(set) var isQuitAsked = false
  /// Where the operator was before.
  let origin: [Route]

  package static let turn = Duration.seconds(20)
  /// How long to wait after the last key before the rotation resumes.
  package static let resumeDelay = Duration.seconds(60)

  package var isRotating: Bool { haltedAt == nil }

  init(at now: Moment, from origin: [Route]) {
    shownSince = now
    self.origin = origin
  }
}
