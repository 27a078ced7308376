import Canvas
import Foundation
import TestSupport
import Testing

@testable import Screens

@Suite struct KeyMapTests {
  @Test(arguments: KeyBinding.Place.allCases)
  func `no key means two things`(place: KeyBinding.Place) {
    let keys = KeyMap.bindings(in: place).flatMap(\.keys)
    #expect(keys.count == Set(keys).count)
  }

  @Test func `a key means the same in all views`() {
    let commands = Dictionary(grouping: KeyMap.bindings.filter { !$0.keys.isEmpty }) { $0.keys[0] }
    #expect(commands.values.allSatisfy { Set($0.map(\.command)).count == 1 })
  }

  @Test func `every command has a name of its own`() {
    #expect(Set(KeyMap.bindings.map(\.name)).count == KeyMap.bindings.count)
  }

  @Test(
    arguments: [
      (KeyEvent.character("j"), Command.move(.down)), (.control("d"), .move(.halfPageDown)),
      (.enter, .open), (.character("q"), .quit), (.control("c"), .quit), (.function(1), .help),
      (.character("R"), .pollAll), (.character("!"), .toggleOnlyProblems), (.escape, .back),
    ]
  )
  func `keys ask for commands`(key: KeyEvent, command: Command) {
    #expect(KeyMap.answer(to: key, in: Stage.incident.state) == .command(command))
  }

  @Test func `while a filter is typed, letters are text`() {
    let typing = Stage.incident.after(.startFilter).state
    #expect(KeyMap.answer(to: .character("q"), in: typing) == .command(.editFilter(.insert("q"))))
    #expect(KeyMap.answer(to: .escape, in: typing) == .command(.editFilter(.drop)))
    #expect(KeyMap.answer(to: .control("c"), in: typing) == .command(.quit))
    #expect(KeyMap.answer(to: .function(1), in: typing) == .unbound)
  }

  @Test func `where the detail is alone, moving scrolls it`() {
    let zoomed = Stage.incident.after(.open, .toggleZoom).state
    #expect(KeyMap.answer(to: .pageDown, in: zoomed) == .command(.scrollDetail(.pageDown)))
    #expect(KeyMap.answer(to: .character("z"), in: zoomed) == .command(.toggleZoom))
  }

  @Test func `a key that can do nothing says why`() {
    #expect(
      KeyMap.answer(to: .enter, in: Stage.noData.state) == .disabled("there is no number here")
    )
    #expect(
      KeyMap.answer(to: .character("n"), in: Stage.fine(3).state)
        == .disabled("no fault is reported")
    )
  }

  @Test func `keys of another view are not bound`() {
    #expect(KeyMap.answer(to: .character("z"), in: Stage.incident.state) == .unbound)
    #expect(KeyMap.answer(to: .character("/"), in: Stage.incident.after(.open).state) == .unbound)
  }

  @Test(arguments: KeyBinding.Place.allCases)
  func `the help screen has every key of the view`(place: KeyBinding.Place) {
    let help = Stage.at(place).after(.help).draw(240, 90).lines
    for binding in KeyMap.bindings(in: place) {
      #expect(help.contains { $0.contains(binding.help) }, "\(binding.name)")
    }
  }

  @Test func `the README has the table as it is`() throws {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let table = readme.split(separator: "<!-- keys -->").dropFirst().first?
      .split(separator: "<!-- /keys -->").first
    #expect(table?.trimmingCharacters(in: .whitespacesAndNewlines) == KeyMap.markdown)
  }
}
