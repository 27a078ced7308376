import Health
import TestSupport
import Testing

@testable import Screens

@Suite struct CommandLineTests {
  private func typing(
    _ edits: PromptEdit...,
    after state: ScreenState = .sample
  )
    -> ScreenState
  {
    var state = state.after(.startCommand)
    for edit in edits { _ = state.perform(.editCommand(edit)) }
    return state
  }

  @Test(
    arguments: [
      ([PromptEdit.insert("so"), .insert("rt")], "sort"),
      ([.insert("sort name"), .deleteBackward], "sort nam"),
      ([.insert("sort name"), .deleteWord], "sort "),
      ([.insert("sort name"), .clear], ""),
    ]
  )
  func `typing edits the line`(edits: [PromptEdit], text: String) {
    var prompt = ScreenState.sample.after(.startCommand)
    for edit in edits { _ = prompt.perform(.editCommand(edit)) }
    #expect(prompt.shell.prompt?.text == text)
  }

  @Test func `Esc leaves, and so does deleting in an empty line`() {
    #expect(typing(.insert("x"), .drop).shell.prompt == nil)
    #expect(typing(.insert("x"), .deleteBackward).shell.prompt?.text == "")
    #expect(typing(.insert("x"), .deleteBackward, .deleteBackward).shell.prompt == nil)
  }

  @Test func `Tab goes round, Shift-Tab back, and typing ends that`() {
    let lines = ["sort", "suspend"]
    #expect(typing(.insert("s"), .complete(lines)).shell.prompt?.text == "sort")
    #expect(
      typing(.insert("s"), .complete(lines), .complete(lines)).shell.prompt?.text == "suspend"
    )
    let round = typing(.insert("s"), .complete(lines), .complete(lines), .complete(lines))
    #expect(round.shell.prompt?.text == "sort")
    #expect(round.shell.prompt?.stem == "s")
    let back = typing(.insert("s"), .completeBackward(lines))
    #expect(back.shell.prompt?.text == "suspend")
    #expect(typing(.insert("s"), .complete(lines), .insert("x")).shell.prompt?.stem == "sortx")
    #expect(typing(.insert("s"), .complete([])).shell.prompt?.text == "s")
  }

  @Test func `earlier lines come back, those that begin like this one`() {
    let state = ScreenState.sample.after(
      .runCommand("sort name", .nothing),
      .runCommand("help", .nothing),
      .runCommand("sort cause", .nothing),
      .runCommand("sort name", .nothing)
    )
    #expect(state.shell.history.lines == ["help", "sort cause", "sort name"])
    #expect(typing(.recallOlder, after: state).shell.prompt?.text == "sort name")
    #expect(typing(.recallOlder, .recallOlder, after: state).shell.prompt?.text == "sort cause")
    let end = typing(.recallOlder, .recallOlder, .recallOlder, .recallOlder, after: state)
    #expect(end.shell.prompt?.text == "help")
    let typed = typing(.insert("so"), .recallOlder, .recallOlder, .recallOlder, after: state)
    #expect(typed.shell.prompt?.text == "sort cause")
    let back = typing(.insert("so"), .recallOlder, .recallNewer, after: state)
    #expect(back.shell.prompt?.text == "so")
    #expect(typing(.recallNewer, after: state).shell.prompt?.text == "")
  }

  @Test func `a line does what it means, and what is wrong is said until a key comes`() {
    var state = ScreenState.sample
    #expect(state.perform(.runCommand("quit", .command(.quit))) == [.quit])
    #expect(state.perform(.runCommand("sort name", .command(.sort(.name)))).isEmpty)
    #expect(state.list.sort.column == .name)
    #expect(state.perform(.runCommand("x", .mistake("There is no command x."))).isEmpty)
    #expect(state.shell.message?.kind == .error)
    #expect(state.after(.move(.down)).shell.message == nil)
  }

  @Test func `a theme is shown while its name is typed, and Esc brings the other back`() {
    var state = ScreenState.sample
    state.offer(themes: ["auto", "dark", "nord"])
    _ = state.perform(.typeCommand("theme "))
    #expect(state.perform(.editCommand(.insert("nor"))).isEmpty)
    #expect(state.perform(.editCommand(.insert("d"))) == [.showTheme("nord")])
    #expect(state.perform(.editCommand(.insert("x"))) == [.showTheme(nil)])
    #expect(state.perform(.editCommand(.deleteBackward)) == [.showTheme("nord")])
    #expect(state.perform(.editCommand(.drop)) == [.showTheme(nil)])
    #expect(state.shell.themes.chosen == nil)
  }

  @Test func `a theme that was chosen stays`() {
    var state = ScreenState.sample
    state.offer(themes: ["dark", "nord"])
    _ = state.perform(.typeCommand("theme "))
    let both = ["theme dark", "theme nord"]
    #expect(state.perform(.editCommand(.complete(both))) == [.showTheme("dark")])
    #expect(state.perform(.editCommand(.complete(both))) == [.showTheme("nord")])
    #expect(
      state.perform(.runCommand("theme nord", .command(.theme("nord")))) == [.showTheme("nord")]
    )
    #expect(state.shell.themes.chosen == "nord")
    _ = state.perform(.typeCommand("theme dark"))
    #expect(state.perform(.editCommand(.insert(""))) == [.showTheme("dark")])
    #expect(state.perform(.editCommand(.drop)) == [.showTheme("nord")])
  }

  @Test func `messages are kept, hints are not`() {
    var state = ScreenState.sample.after(.pollAll, .copyIdentifier)
    state.shell.message = Message("x does nothing here", kind: .hint, at: state.now)
    state.letTimePass(to: state.now + .seconds(7))
    #expect(state.shell.message == nil)
    #expect(state.shell.messages.map(\.text).last == "Copied +447700900131.")
    #expect(state.shell.messages.count == 2)
    #expect(state.after(.showMessages).shell.overlay == .messages(scroll: 0))
    #expect(state.after(.showMessages, .back).shell.overlay == nil)
  }

  @Test func `no more messages are kept than anybody reads`() {
    var state = ScreenState.sample
    for number in 0..<600 { state.shell.message = Message("\(number)", at: state.now) }
    #expect(state.shell.messages.count == 500)
    #expect(state.shell.messages.last?.text == "599")
  }
}
