import Polling
import TestSupport
import Testing

struct BackOffTests {
  private let backOff = BackOff(first: .seconds(30), longest: .seconds(300))

  @Test(arguments: [(1, 30), (2, 60), (3, 120), (4, 240), (5, 300), (500, 300)])
  func `the window doubles up to the longest`(failures: Int, seconds: Int) {
    #expect(backOff.window(afterFailures: failures) == .seconds(seconds))
  }

  @Test(arguments: 1...6)
  func `the delay is any part of the window`(failures: Int) {
    var generator = SeededGenerator(seed: 1)
    let window = backOff.window(afterFailures: failures).seconds
    let delays = (0..<1000).map { _ in
      backOff.delay(afterFailures: failures, using: &generator).seconds
    }
    #expect(delays.allSatisfy { $0 >= 1 && $0 < window })
    #expect(delays.contains { $0 < window / 10 })
    #expect(delays.contains { $0 > window * 9 / 10 })
  }

  @Test func `the same seed gives the same delays`() {
    var one = SeededGenerator(seed: 7)
    var other = SeededGenerator(seed: 7)
    for failures in 1...10 {
      #expect(
        backOff.delay(afterFailures: failures, using: &one)
          == backOff.delay(afterFailures: failures, using: &other)
      )
    }
  }
}
