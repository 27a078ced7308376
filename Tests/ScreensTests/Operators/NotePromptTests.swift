import Canvas
import Foundation
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

/// Acknowledging and muting with the keys.
@Suite struct NotePromptTests {
  /// Presses keys as the terminal sends them, and gathers the effects.
  private static func press(
    _ stage: inout Stage,
    _ keys: KeyEvent...
  ) -> [Effect] {
    stage.layOut(80, 24)
    return keys.flatMap { key -> [Effect] in
      guard case .command(let command) = KeyMap.answer(to: key, in: stage.state) else { return [] }
      return stage.state.perform(command)
    }
  }

  private static func type(_ stage: inout Stage, _ text: String) {
    _ = press(&stage, .paste(text))
  }

  private func until(_ seconds: Double) -> Date { Moment.sample.date + seconds }

  @Test func `a and Enter acknowledge the number under the cursor until it is over`() {
    var stage = Stage.incident
    stage.state.choose("Acme 3")
    let effects = Self.press(&stage, .character("a"), .enter)
    let trouble = OperatorAction.Trouble(.number(stage.state.id(named: "Acme 3")), .blocked)
    #expect(
      effects == [
        .note(.acknowledge([trouble], author: "operator", comment: "", until: nil))
      ]
    )
    #expect(stage.screen().shows("Acknowledged +447700900133 Acme 3 until it is over."))
  }

  @Test func `a comment, an end and an author may be typed`() {
    var stage = Stage.incident
    _ = Self.press(&stage, .character("a"))
    Self.type(&stage, "ticket 8841")
    _ = Self.press(&stage, .tab, .down, .down)
    #expect(stage.state.shell.notePrompt?[.until] == "2h")
    _ = Self.press(&stage, .tab, .control("u"))
    Self.type(&stage, "ann")
    guard
      case .note(.acknowledge(_, "ann", "ticket 8841", let end))? = Self.press(&stage, .enter).first
    else {
      Issue.record("nothing was acknowledged")
      return
    }
    #expect(end == until(7200))
  }

  @Test(arguments: ["a", "m"])
  func `a time that is typed replaces the one that was put in`(key: Character) {
    var stage = Stage.incident
    _ = Self.press(&stage, .character(key))
    while stage.state.shell.notePrompt?.focused != .until { _ = Self.press(&stage, .tab) }
    for text in ["2", "h", "3", "0", "m"] { Self.type(&stage, text) }
    #expect(stage.state.shell.notePrompt?[.until] == "2h30m")
    // What is chosen again is replaced again.
    _ = Self.press(&stage, .down)
    Self.type(&stage, "5m")
    #expect(stage.state.shell.notePrompt?[.until] == "5m")
  }

  @Test func `all marked numbers in trouble are acknowledged together`() {
    var stage = Stage.incident.after(.toggleMark, .toggleMark)
    let shop = stage.state.fleet.records.first { $0.state == .available }
    stage.state.shell.marks.ids.insert(shop?.id ?? stage.state.id(named: "Acme 1"))
    let effects = Self.press(&stage, .character("a"), .enter)
    guard case .note(.acknowledge(let troubles, _, _, _))? = effects.first else {
      Issue.record("nothing was acknowledged")
      return
    }
    #expect(troubles.count == 2)
  }

  @Test func `in the causes it is the cause, with all its numbers`() {
    var stage = Stage.incident.after(.show(.causes))
    let effects = Self.press(&stage, .character("a"), .enter)
    guard case .note(.acknowledge(let troubles, _, _, _))? = effects.first else {
      Issue.record("nothing was acknowledged")
      return
    }
    #expect(troubles == [.init(.cause("entity/WABA/102938475610"), .blocked)])
  }

  @Test func `again it offers to take it back`() {
    var stage = Stage.noted
    stage.state.choose("Acme 3")
    _ = Self.press(&stage, .character("a"))
    #expect(stage.screen().shows("take back +447700900133 Acme 3: ann?"))
    #expect(Self.press(&stage, .character("n")).isEmpty)
    #expect(stage.state.shell.notePrompt == nil)
    #expect(
      Self.press(&stage, .character("a"), .enter) == [.note(.end(["2"], author: "operator"))]
    )
  }

  @Test func `of a number that is covered by its cause, the cause is taken back`() {
    var stage = Stage.noted
    stage.state.choose("Globex 1")
    #expect(
      Self.press(&stage, .character("a"), .character("y"))
        == [.note(.end(["1"], author: "operator"))]
    )
  }

  @Test func `a number without a fault can't be acknowledged`() {
    var stage = Stage.incident.after(.move(.bottom))
    #expect(
      KeyMap.answer(to: .character("a"), in: stage.state) == .disabled("no fault is reported")
    )
    #expect(Self.press(&stage, .character("a")).isEmpty)
  }

  @Test func `m and Enter mute the number for two hours`() {
    var stage = Stage.incident
    stage.state.choose("Acme 3")
    _ = Self.press(&stage, .character("m"))
    #expect(stage.screen().shows("mute number=+447700900133  until: 2h_", "1 number"))
    #expect(
      Self.press(&stage, .enter) == [
        .note(
          .mute(
            filter: "number=+447700900133",
            author: "operator",
            comment: "",
            until: until(7200)
          )
        )
      ]
    )
  }

  @Test func `m mutes what the filter in force lets through, or with an arrow the number`() {
    var stage = Stage.incident.after(.filter("name:hooli"))
    _ = Self.press(&stage, .character("m"))
    #expect(stage.state.shell.notePrompt?[.filter] == "name:hooli")
    #expect(stage.state.shell.notePrompt?.count == 2)
    _ = Self.press(&stage, .backtab, .down)
    #expect(stage.state.shell.notePrompt?[.filter].hasPrefix("number=") == true)
    #expect(stage.state.shell.notePrompt?.count == 1)
  }

  @Test func `a cause is muted by a filter that finds its numbers`() {
    var stage = Stage.incident.after(.show(.causes))
    _ = Self.press(&stage, .character("m"))
    #expect(stage.state.shell.notePrompt?[.filter] == "cause=102938475610")
    #expect(stage.state.shell.notePrompt?.count == 9)
  }

  @Test func `every cause of the incident is muted with its numbers and no others`() {
    let state = Stage.incident.after(.show(.causes)).state
    for cause in state.causeIndex.lines(in: state.fleet) where cause.hit > 0 && !cause.isOfTemplates
    {
      let text = state.filterText(of: .cause(cause.id)) ?? ""
      let filter = try? Filter(muting: text)
      let count = filter.map { state.list.rows.count(passing: $0, state.fleet, at: state.now) }
      #expect(count == cause.hit, "\(text)")
    }
  }

  @Test(arguments: [
    ("status:blokced", "2h", "there is no status"), ("acme", "yesterday", "is no time"),
    ("acme", "over", "a mute needs a time"), ("@muted", "2h", "a mute can't depend on @muted"),
    ("", "2h", "a mute needs a filter"),
  ])
  func `a mistake is shown where it is, and nothing is muted`(
    _ filter: String,
    _ end: String,
    _ expected: String
  ) {
    var stage = Stage.incident
    _ = Self.press(&stage, .character("m"), .control("u"))
    Self.type(&stage, end)
    _ = Self.press(&stage, .backtab, .control("u"))
    Self.type(&stage, filter)
    #expect(Self.press(&stage, .enter).isEmpty)
    #expect(stage.state.shell.notePrompt?.mistake?.contains(expected) == true)
    #expect(stage.screen(120, 24).shows(expected))
  }

  @Test func `Esc leaves everything as it was`() {
    var stage = Stage.incident
    #expect(Self.press(&stage, .character("m"), .escape).isEmpty)
    #expect(Self.press(&stage, .character("a"), .character("q"), .escape).isEmpty)
    #expect(stage.state.shell.notePrompt == nil)
    #expect(stage.state.route == .list)
  }

  @Test func `commands have a comment or a filter behind them`() {
    let state = Stage.incident.state
    #expect(
      CommandWords.meaning(of: "ack ticket 8841", in: state)
        == .command(.acknowledgeBecause("ticket 8841"))
    )
    #expect(
      CommandWords.meaning(of: "mute provider:meta", in: state)
        == .command(.muteFilter("provider:meta"))
    )
    #expect(CommandWords.completions(of: "mute provider:meta !@mu", in: state).isEmpty)
    #expect(CommandWords.completions(of: "filter @mu", in: state) == ["filter @muted"])
    let stage = Stage.incident.after(.muteFilter("provider:meta"))
    #expect(stage.state.shell.notePrompt?[.filter] == "provider:meta")
  }

  @Test func `the overlay ends what is under the cursor`() {
    var stage = Stage.noted
    _ = stage.state.perform(.showNotes(.acknowledgements))
    #expect(stage.screen().shows(">+447700900133 Acme 3"))
    let effects = Self.press(&stage, .down, .enter)
    #expect(effects == [.note(.end(["1"], author: "operator"))])
    #expect(Self.press(&stage, .character("q")).isEmpty)
    #expect(stage.state.shell.overlay == nil)
  }

  @Test func `where nothing is shared the message says so`() {
    var stage = Stage.incident
    stage.state.shell.sharesNotes = false
    _ = Self.press(&stage, .character("a"), .enter)
    #expect(stage.state.shell.message?.text.hasSuffix("In this run only.") == true)
  }
}
