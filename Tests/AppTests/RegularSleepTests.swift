import Health
import TestSupport
import Testing

/// What is done regularly is done together.
struct RegularSleepTests {
  @Test(arguments: [
    (started: 0.0, offset: 0.0, ends: [1.0, 2.0, 3.0]),
    (started: 0.25, offset: 0.0, ends: [1.0, 2.0, 3.0]),
    (started: 0.25, offset: 0.5, ends: [0.5, 1.5, 2.5]),
    // Too near: it would only just have been done.
    (started: 0.95, offset: 0.0, ends: [2.0, 3.0, 4.0]),
  ])
  func `it ends with the full seconds, whenever it began`(
    started: Double,
    offset: Double,
    ends: [Double]
  ) async throws {
    let clock = ManualClock()
    clock.advance(by: .seconds(started))
    let sleeping = clock.start {
      var found: [Double] = []
      for _ in 0..<3 {
        try await clock.sleep(untilNext: .seconds(1), after: .seconds(offset))
        found.append(clock.now.uptime / .seconds(1))
      }
      return found
    }
    clock.advance(by: .seconds(5))
    let differences = zip(try await sleeping.value, ends).map { abs($0 - $1) }
    #expect(differences.allSatisfy { $0 < 0.001 })
  }
}
