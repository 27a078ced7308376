import Canvas
import Monitor

/// What operators said about a number, in one letter or one word.
struct NoteMark {
  let letter: String
  let word: String
  let role: Role

  /// Nil if nobody said anything.
  init?(_ marks: OperatorMarks) {
    if marks.contains(.muted) {
      (letter, word, role) = ("m", "mute", .statusMuted)
    } else if marks.contains(.acknowledged) {
      (letter, word, role) = ("a", "ack", .accent)
    } else {
      return nil
    }
  }
}
