package import Health
import Monitor

/// When it happened: events counted in equal parts of the run.
package struct EventDensity: Hashable, Sendable {
  package let start: Moment
  package let end: Moment
  /// How long each part is.
  package let part: Duration
  package let counts: [Int]

  init(of journal: EventJournal, from start: Moment, to end: Moment, parts: Int) {
    self.start = start
    self.end = end
    // Whole seconds at least, so that a run that has only begun is not all bars.
    let seconds = max((end - start).components.seconds, 1)
    let each = max((seconds + Int64(parts) - 1) / Int64(parts), 1)
    part = .seconds(each)
    var before = 0
    counts = (1...parts).map { index in
      let until = journal.count(before: start + .seconds(each * Int64(index)) + .milliseconds(1))
      defer { before = until }
      return until - before
    }
  }
}
