import Canvas
import Monitor

/// How many numbers are acknowledged and muted, so that nothing is hidden for ever.
struct NoteCounts {
  private let counts: [(count: Int, word: String, mark: NoteMark?)]

  init(_ counts: FleetCounts) {
    let all: [(count: Int, word: String, mark: NoteMark?)] = [
      (counts.acknowledged, "acked", NoteMark(.acknowledged)),
      (counts.muted, "muted", NoteMark(.muted)),
    ]
    self.counts = all.filter { $0.count > 0 }
  }

  /// `acked 3  muted 11`, after two blanks.
  var phrases: [Phrase] {
    counts.map { Phrase("  \($0.word) \($0.count)", $0.mark?.role ?? .text) }
  }

  /// `a3 m11`.
  var shortPhrases: [Phrase] {
    counts.map { Phrase(" \($0.mark?.letter ?? "")\($0.count)", $0.mark?.role ?? .text) }
  }

  /// `3 acknowledged`, `11 muted`.
  var words: [String] { counts.map { "\($0.count) \($0.word)" } }
}
