import Foundation
import Health
import Providers
import TestSupport
import Testing

struct ProviderTimeTests {
  @Test(
    arguments: [
      ("2025-01-20T14:25:30Z", 1_737_383_130.0), ("2025-01-20T14:25:30.250Z", 1_737_383_130.25),
      ("2025-01-20T14:25:30+0000", 1_737_383_130), ("2025-01-20T16:25:30+02:00", 1_737_383_130),
      ("2025-01-20T09:25:30-0500", 1_737_383_130), ("2025-01-20 14:25:30 UTC", 1_737_383_130),
      ("2025-01-20T14:25:30", 1_737_383_130), ("1737383130", 1_737_383_130),
      ("1737383130000", 1_737_383_130), ("2024-02-29T00:00:00Z", 1_709_164_800),
    ]
  )
  func `every form of a time is read`(text: String, seconds: Double) async throws {
    #expect(try await time(text) == .date(Date(timeIntervalSince1970: seconds)))
  }

  @Test(
    arguments: [
      "soon", "2025-13-20T14:25:30Z", "2025-01-20", "2025-01-20T25:00:00Z",
      "2025-01-20T14:25:30 CET",
      "-5", "0", "nan", "inf", "1e300", "9.3e21", "-1e300", "253402300800000", "1e15",
      "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
    ]
  )
  func `what is no time of these years is shown as it came`(text: String) async throws {
    #expect(try await time(text) == .words(text))
  }

  @Test func `no time is none`() async throws {
    #expect(try await time("") == nil)
  }

  /// As Kapso's answers carry one.
  private func time(_ text: String) async throws -> StatedTime? {
    let body = #"{"status": "healthy", "timestamp": "\#(text)"}"#
    let provider = KapsoProvider.sample(FixtureTransport([.init("", text: body)]))
    let target = try #require(await provider.discover(through: OpenGate()).targets.first)
    let reading = await provider.read(target, through: OpenGate()).readings.first
    return try reading?.result.get().providerTime
  }
}
