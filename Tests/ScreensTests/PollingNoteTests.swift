import Canvas
import TestSupport
import Testing

@testable import Screens

/// That another process polls is said where everybody sees it.
@Suite struct PollingNoteTests {
  @Test(arguments: [(80, 24), (160, 50)], [true, false])
  func `the header says who polls, beside the clock`(size: (Int, Int), isASCII: Bool) {
    var stage = Stage.incident
    stage.state.shell.pollingNote = "follows pid 4711"
    let marks: Marks = isASCII ? .ascii : .unicode
    let header = stage.draw(size.0, size.1, marks).lines[0]
    #expect(header.contains("[1]List"))
    #expect(header.contains("follows pid 4711  14:32:07 UTC"))
    for view in [Command.show(.tiles), .show(.causes), .open] {
      let header = stage.after(view).draw(size.0, size.1, marks).lines[0]
      #expect(header.contains("follows pid 4711"), "\(header)")
    }
  }

  @Test func `a narrow header has no room for it`() {
    var stage = Stage.incident
    stage.state.shell.pollingNote = "follows pid 4711"
    let header = stage.draw(50, 20).lines[0]
    #expect(!header.contains("4711") && header.contains("[1]List"))
  }
}
