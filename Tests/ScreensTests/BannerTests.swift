import Canvas
import TestSupport
import Testing

@testable import Screens

@Suite struct BannerTests {
  @Test func `an outage of ours is one line, and says that it is a guess`() {
    for view in [Command.show(.list), .show(.tiles)] {
      let lines = Stage.offline.after(view).draw(80, 24).lines
      #expect(lines[2...4].count { $0.contains("probably this machine's network") } == 1)
      #expect(lines[2...4].first { $0.contains("probably") }?.hasPrefix(" ◌") == true)
      #expect(!lines[1...4].contains { $0.contains("next try now") || $0.contains("account ") })
    }
  }

  @Test func `the ticket has its place in narrow footers too`() {
    for width in [40, 60, 80] {
      for view in [Command.show(.list), .show(.tiles), .show(.causes)] {
        let footer = Stage.incident.after(view).draw(width, 12).lines[11]
        #expect(footer.contains("y ticket"), "\(footer)")
        #expect(footer.hasSuffix("q quit"), "\(footer)")
      }
    }
  }

  @Test func `of what is too long the name is cut, never how bad it is and how many it hits`() {
    for width in 60...160 {
      let banner = Stage.incident.draw(width, 24).lines.first { $0.hasPrefix(" !! ") } ?? ""
      #expect(banner.contains(#/ (BLOCKED|CRITICAL) → \d+ numbers?( |$)/#), "\(width): \(banner)")
      let counts = banner.matches(of: #/→ \d+/#).count
      #expect(banner.matches(of: #/→ \d+ numbers?/#).count == counts, "\(width): \(banner)")
      let more = banner.firstMatch(of: #/\+(\d+) more/#).flatMap { Int($0.1) } ?? 0
      #expect(counts + more == 2, "\(width): \(banner)")
    }
  }

  @Test func `what is cut ends with a sign for it, wherever the cut is`() {
    let phrases = [Phrase("WABA ", .text), Phrase("Acme", .textStrong), Phrase(" blocked", .text)]
    for width in 1..<phrases.cells {
      let cut = phrases.cut(to: width)
      #expect(cut.cells == width)
      #expect(cut.last?.text.hasSuffix("…") == true)
    }
    #expect(phrases.cut(to: phrases.cells).map(\.text) == phrases.map(\.text))
    #expect(phrases.cut(to: 0).isEmpty)
  }
}
