import Foundation
import Health
import Monitor
import TestSupport
import Testing

@testable import Service

/// The page for a browser on the wall.
@Suite(.realTime)
struct WallTests {
  @Test func `it shows the tiles, and its policy allows only what is in it`() async throws {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 5_000))
      let answer = try running.ask("/wall")
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
      let policy = try #require(answer.headers["content-security-policy"])
      let nonce = try #require(
        policy.firstMatch(of: /script-src 'nonce-([a-z0-9]{16,})'/).map { String($0.1) }
      )
      #expect(policy.hasPrefix("default-src 'none'; style-src 'nonce-\(nonce)'"))
      #expect(answer.body.contains("<script nonce=\"\(nonce)\">"))
      #expect(!answer.body.contains("style=\""))
      #expect(!answer.body.contains("http://") && !answer.body.contains("https://"))
      #expect(answer.body.contains("payment failed"))
      let other = try running.ask("/wall")
      #expect(other.headers["content-security-policy"] != policy)
    }
  }

  @Test func `theme, filter and size are its own`() async throws {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 200))
      let dark = try running.ask("/wall").body
      let light = try running.ask("/wall?theme=light&size=100x30").body
      #expect(dark != light)
      #expect(light.contains("pre{margin:0;width:100ch"))
      let few = try running.ask("/wall?filter=account%3Dacme").body
      #expect(few.contains("account=acme"))
      let none = try running.ask("/wall?filter=account%3Dnobody").body
      #expect(none.contains("no number matches") && !none.contains("Esc"))
    }
  }

  @Test func `names of strangers are text, and masked numbers are nowhere`() async throws {
    var setup = RunningListener.Setup()
    setup.masksNumbers = true
    try await RunningListener.with(setup) { running in
      let readings = (0..<3).map { index in
        Reading.sample(
          .sample("1000\(index)", label: "</pre><script>alert(1)</script>\u{202E}"),
          .success(.sample("1000\(index)", number: "+1 200 555 010\(index)", quality: "RED")),
          at: .sample
        )
      }
      let update = FleetUpdate(readings: readings, accounts: [.sample(Account.samples[0])])
      await running.monitor.receive(update)
      let body = try running.ask("/wall").body
      #expect(!body.contains("<script>alert"))
      #expect(!body.contains("\u{202E}"))
      #expect(!body.contains("5550100") && !body.contains("555 0100"))
    }
  }

  @Test func `the landing page names every path`() async throws {
    try await RunningListener.with { running in
      let body = try running.ask("/").body
      for path in ["/wall", "/metrics", "/api/v1/numbers", "/api/v1/incidents", "/api/v1/history"] {
        #expect(body.contains("href=\"\(path)\""))
      }
      for path in ["/wall", "/metrics", "/api/v1/numbers", "/readyz", "/healthz"] {
        #expect(try running.ask(path).status != 404, "\(path)")
      }
    }
  }
}
