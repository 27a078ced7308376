import Health
import History
import Testing

/// The figure that a customer disputes.
@Suite struct KnownShareTests {
  private static func times(_ available: Int, _ blocked: Int, unknown: Int = 0) -> StateTimes {
    var times = StateTimes()
    times.add(milliseconds: available * 1000, in: .available)
    times.add(milliseconds: blocked * 1000, in: .blocked)
    times.add(milliseconds: unknown * 1000, in: .unknown)
    return times
  }

  @Test(arguments: [
    (times(1000, 0), "100.0 % of 100 % known"),
    // Rounded down, so it is not said to be all of it.
    (times(999_999, 1), "99.9 % of 100 % known"),
    (times(962, 8), "99.1 % of 97 % known"),
    // An answer without health tells nothing.
    (times(960, 0, unknown: 40), "100.0 % of 96 % known"),
    (times(949, 0), "– (94 % known)"),
    (times(0, 0), "– (0 % known)"),
  ])
  func `says how much of it is known`(_ times: StateTimes, _ text: String) {
    let length = max(times.covered, .seconds(1000))
    #expect(KnownShare(times, of: length, in: .available).text(none: "–") == text)
  }
}
