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
}
