import Canvas
import TestSupport
import Testing

@testable import Screens

@Suite struct CommandWordsTests {
  private var state: ScreenState {
    var state = Stage.incident.state
    state.offer(themes: ["auto", "dark", "gruvbox-dark", "gruvbox-light"])
    return state
  }

  @Test(
    arguments: [
      ("so", ["sort "]), ("poll", ["poll", "poll-all"]), ("zz", []),
      ("sort c", ["sort cause"]), ("sort q", ["sort quality"]), ("sort x", []),
      ("theme gr", ["theme gruvbox-dark", "theme gruvbox-light"]),
      ("view l", ["view list"]), ("help ", []), ("nonsense ", []),
      ("filter acme @f", ["filter acme @flapping"]),
    ]
  )
  func `Tab completes names, then arguments`(line: String, lines: [String]) {
    #expect(CommandWords.completions(of: line, in: state) == lines)
  }

  @Test func `an empty line may become any command of the view`() {
    let lines = CommandWords.completions(of: "", in: state)
    #expect(lines.count == KeyMap.bindings(in: .list).count)
    #expect(lines == lines.sorted())
  }

  @Test(
    arguments: [
      ("quit", Command.quit), ("q", .quit), (" :sort  cause ", .sort(.cause)),
      ("sort", .openSortMenu), ("theme dark", .theme("dark")), ("theme", .typeCommand("theme ")),
      ("view tree", .showTree), ("list", .show(.list)), ("messages", .showMessages),
      ("filter status:blocked  acme", .filter("status:blocked acme")), ("filter", .startFilter),
    ]
  )
  func `a line means a command`(line: String, command: Command) {
    #expect(CommandWords.meaning(of: line, in: state) == .command(command))
  }

  @Test(
    arguments: [
      ("quti", "There is no command quti: did you mean quit?"),
      ("xyzzy", "There is no command xyzzy."),
      ("mark-rnage", "There is no command mark-rnage: did you mean mark-range?"),
      ("sort nmae", "There is no column nmae: did you mean name?"),
      ("theme drak", "There is no theme drak: did you mean dark?"),
      ("quit now", "quit takes nothing behind it."),
      ("zoom", "zoom works in tree."), ("clear-marks", "clear-marks: nothing is marked."),
    ]
  )
  func `what is wrong is said with the nearest name`(line: String, mistake: String) {
    #expect(CommandWords.meaning(of: line, in: state) == .mistake(mistake))
  }

  @Test func `a kind of events that there isn't is answered with those that there are`() {
    let events = Stage.incident.after(.showEvents).state
    #expect(
      CommandWords.meaning(of: "kind bogus", in: events)
        == .mistake(
          "Kinds: all, faults, recoveries, accounts, templates, numbers, notes, wabatop."
        )
    )
    let typed = Stage.incident.after(.showEvents).after(
      .runCommand("kind bogus", CommandWords.meaning(of: "kind bogus", in: events))
    )
    #expect(typed.screen(80, 24).shows("notes, wabatop."))
    #expect(
      CommandWords.meaning(of: "kind fauts", in: events)
        == .mistake("There is no kind fauts: did you mean faults?")
    )
  }

  @Test func `nothing means nothing`() {
    #expect(CommandWords.meaning(of: "  ", in: state) == .nothing)
  }

  @Test(arguments: KeyBinding.Place.allCases)
  func `every key's command can be typed`(place: KeyBinding.Place) {
    let stage = Stage.at(place).after(.toggleMark)
    // Not every remedy has an address.
    let hasLink = stage.state.room.linkToCopy(in: stage.state) != nil
    for binding in KeyMap.bindings(in: place)
    where binding.need != .past && (binding.need != .link || hasLink) {
      #expect(
        CommandWords.meaning(of: binding.name, in: stage.state) == .command(binding.command),
        "\(binding.name)"
      )
    }
  }

  @Test func `keys type, complete and run`() {
    var state = state
    for key in [KeyEvent.character(":"), .character("s"), .character("o"), .tab, .character("l")] {
      press(key, &state)
    }
    #expect(state.shell.prompt?.text == "sort l")
    press(.tab, &state)
    #expect(state.shell.prompt?.text == "sort limit")
    press(.tab, &state)
    #expect(state.shell.prompt?.text == "sort latency")
    press(.enter, &state)
    #expect(state.shell.prompt == nil)
    #expect(state.list.sort.column == .latency)
    press(.character(":"), &state)
    press(.up, &state)
    #expect(state.shell.prompt?.text == "sort latency")
    #expect(KeyMap.answer(to: .control("c"), in: state) == .command(.quit))
    #expect(KeyMap.answer(to: .pageDown, in: state) == .unbound)
  }

  private func press(_ key: KeyEvent, _ state: inout ScreenState) {
    guard case .command(let command) = KeyMap.answer(to: key, in: state) else {
      Issue.record("\(key) does nothing")
      return
    }
    _ = state.perform(command)
  }

  @Test func `the line shows what it may become`() {
    var stage = Stage.incident
    stage.state.offer(themes: ["gruvbox-dark", "gruvbox-light"])
    func line(_ commands: Command...) -> String {
      var stage = stage
      for command in commands { _ = stage.state.perform(command) }
      return stage.draw(100, 24).lines[22]
    }
    let gruvbox = ["theme gruvbox-dark", "theme gruvbox-light"]
    #expect(
      line(.typeCommand("theme gr")).hasPrefix(" :theme gr_  gruvbox-dark  gruvbox-light")
    )
    #expect(
      line(
        .typeCommand("theme gr"),
        .editCommand(.complete(gruvbox)),
        .editCommand(.complete(gruvbox))
      )
      .hasPrefix(" :theme gruvbox-light_  gruvbox-light")
    )
    #expect(line(.typeCommand("quit")).hasPrefix(" :quit_  close help, a menu"))
    #expect(line(.typeCommand("qiut")).hasPrefix(" :qiut_  There is no command qiut"))
  }

  @Test func `a key that does nothing says so`() {
    #expect(
      KeyMap.remark(on: .character("X"), in: state, .unicode) == "X does nothing here · ? help"
    )
    #expect(KeyMap.remark(on: .character("z"), in: state, .ascii) == "z works in tree, ? help")
    let typing = Stage.incident.after(.startCommand).state
    #expect(KeyMap.remark(on: .function(3), in: typing, .unicode) == nil)
  }
}
