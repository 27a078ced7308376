import Testing

@testable import Terminal

@Suite struct NotificationTests {
  @Test func `text of strangers ends no sequence and is no command of the terminal's`() {
    let text = "4;1;a\u{07}b\u{1B}]c"
    for way in [Notification.osc9, .osc777] {
      let sequence = way.sequence(text)
      #expect(sequence.unicodeScalars.count { $0 == "\u{07}" } == 1)
      #expect(sequence.unicodeScalars.count { $0 == "\u{1B}" } == 1)
      #expect(!sequence.hasPrefix("\u{1B}]9;4;"))
    }
  }

  @Test func `each terminal is asked in its own way`() {
    func way(_ type: String) -> Notification {
      TerminalOptions(environment: ["TERM": type]).notification
    }
    #expect(way("foot") == .osc777)
    #expect(way("rxvt-unicode-256color") == .osc777)
    #expect(way("xterm-256color") == .osc9)
  }
}
