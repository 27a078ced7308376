import Testing

@testable import Simulator

struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_795_271_527, "2026-11-21T14:32:07Z"),
  ])
  func `seconds become a date`(seconds: Int, text: String) {
    #expect(Timestamp.text(of: seconds) == text)
  }
}
