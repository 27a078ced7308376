import Testing

@testable import Configuration

struct ScalarFormsTests {
  @Test(arguments: [
    ("60s", Duration.seconds(60)), ("5m", .seconds(300)), ("1h", .seconds(3600)),
    ("25ms", .milliseconds(25)), ("0s", .zero),
  ])
  func `durations are read as people write them`(text: String, duration: Duration) {
    #expect(ScalarForms.duration(text) == duration)
    if duration > .zero { #expect(ScalarForms.text(of: duration) == (text == "60s" ? "1m" : text)) }
  }

  @Test(arguments: ["", "60", "s", "-1s", "1.5s", "1 s", "1d", "٣s", "99999999999s"])
  func `anything else is no duration`(text: String) {
    #expect(ScalarForms.duration(text) == nil)
  }
}
