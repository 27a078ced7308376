package import Health
import Monitor

/// Events counted in equal periods of the run.
package struct EventDensity: Hashable, Sendable {
  package let start: Moment
  package let end: Moment
  /// The length of each period.
  package let part: Duration
  package let counts: [Int]

  /// - Parameters:
  ///   - start: The start of the first period.
  ///   - end: Where the last one ends, or a little later.
  ///   - parts: How many there are.
  ///   - count: How many events there were before a moment.
  init(from start: Moment, to end: Moment, parts: Int, count: (Moment) -> Int) {
    self.start = start
    self.end = end
    // At least whole seconds, so that a new run has few bars.
    let seconds = max((end - start).components.seconds, 1)
    let each = max((seconds + Int64(parts) - 1) / Int64(parts), 1)
    part = .seconds(each)
    var before = count(start)
    counts = (1...parts).map { index in
      let until = count(start + .seconds(each * Int64(index)) + .milliseconds(1))
      defer { before = until }
      return until - before
    }
  }
}
