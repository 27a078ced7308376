import Foundation
import Health
import Testing

@testable import App

struct FrameClockTests {
  private static func moment(_ seconds: Double) -> Moment {
    Moment(date: Date(timeIntervalSinceReferenceDate: seconds), uptime: .seconds(seconds))
  }

  @Test(
    arguments: [
      (10.25, nil, false, nil), (10.25, 14.5, false, 15.001), (10.25, 10.3, false, 11.001),
      (10.25, nil, true, 11.001), (10.25, 14.5, true, 11.001), (10.0, nil, true, 11.001),
      (10.25, 9.5, false, 11.001), (10.999, 11.0, false, 12.001),
    ] as [(Double, Double?, Bool, Double?)]
  )
  func `what ticks does so together, on the wall's full second`(
    now: Double,
    change: Double?,
    showsClock: Bool,
    expected: Double?
  ) throws {
    let now = Self.moment(now)
    let next = FrameClock.next(
      after: now,
      change: change.map(Self.moment),
      showsClock: showsClock
    )
    guard let expected else {
      #expect(next == nil)
      return
    }
    let wait = try #require(next) - Self.moment(expected)
    #expect(abs(wait / .milliseconds(1)) < 0.01)
    #expect(try #require(next) > now)
  }

  @Test func `while nobody has the keyboard there, ages tick every few seconds`() throws {
    let next = FrameClock.next(
      after: Self.moment(10.25),
      change: Self.moment(10.5),
      showsClock: true,
      pause: .seconds(5)
    )
    #expect(abs((try #require(next) - Self.moment(16.001)) / .milliseconds(1)) < 0.01)
  }
}
