import Canvas
import Health
import Monitor

/// What operators said about a cause.
struct CauseNote {
  /// `ack ops`, `muted 3d`.
  let flag: String
  let role: Role
  /// The same with its reason and its end.
  let sentence: String

  /// Nil if nobody said anything.
  init?(of cause: RankedCause, in context: DrawContext) {
    let (state, now) = (context.state, context.now.date)
    if let mute = state.mute(of: cause) {
      flag = NoteWords.flag(mute, at: now)
      role = .statusMuted
      sentence = "Muted: " + NoteWords.sentence(of: mute, at: now)
    } else if let note = state.acknowledgement(of: cause.id) ?? state.common(cause) {
      flag = NoteWords.flag(note)
      role = .accent
      sentence = "Acknowledged: " + NoteWords.sentence(of: note, at: now)
    } else {
      return nil
    }
  }
}
