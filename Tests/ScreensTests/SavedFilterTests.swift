import Health
import Monitor
import Screens
import Testing

/// Filters with a name, and the operator's names for entities.
struct SavedFilterTests {
  private static var state: ScreenState {
    var state = ScreenState.sample
    state.adopt(
      OperatorNames(
        labels: ["102938475610": "Nordwind"],
        filters: ["open": "@problems provider=meta"]
      )
    )
    return state
  }

  private static func run(_ line: String, _ state: inout ScreenState) {
    _ = state.perform(.runCommand(line, CommandWords.meaning(of: line, in: state)))
  }

  @Test func `a name with an equals sign stands for a filter of the configuration`() {
    var state = Self.state
    Self.run("filter =open", &state)
    #expect(state.filtering.filter.text == "@problems provider=meta")
    Self.run("filter =opne", &state)
    #expect(state.filtering.filter.text == "@problems provider=meta")
    #expect(state.shell.message?.text.contains("did you mean \"open\"") == true)
    #expect(CommandWords.completions(of: "filter =", in: state) == ["filter =open"])
  }

  @Test func `a filter that is saved has its name until the run ends`() {
    var state = Self.state
    Self.run("filter save mine", &state)
    #expect(state.shell.message?.text == "There is no filter to save.")
    Self.run("filter \"it's\" status:blocked", &state)
    Self.run("filter save mine", &state)
    #expect(
      state.shell.message?.text
        == "Saved as =mine for this run. To keep it, add to the configuration: \"filters:\" and "
        + "\"  mine: '\"it''s\" status:blocked'\""
    )
    Self.run("filter provider=meta", &state)
    // Another version of the configuration leaves it alone.
    state.adopt(OperatorNames())
    Self.run("filter =mine", &state)
    #expect(state.filtering.filter.text == "\"it's\" status:blocked")
  }

  @Test(arguments: ["filter save", "filter save two words", "filter save a/b"])
  func `a filter's name is one word`(line: String) {
    var state = Self.state
    Self.run("filter provider=meta", &state)
    Self.run(line, &state)
    #expect(state.shell.message?.kind == .error)
    #expect(state.filtering.filter.text == "provider=meta")
  }

  @Test func `a label takes the place of the provider's name, and filters find it`() {
    var state = Self.state
    let waba = EntityReference(type: .waba, id: "102938475610")
    #expect(state.fleet.facts(of: waba)?.name == "Nordwind")
    for filter in ["waba:nordwind", "nordwind", "waba=Nordwind"] {
      Self.run("filter \(filter)", &state)
      #expect(state.list.rows.count == 9)
    }
    // Another version of the configuration has another label.
    state.adopt(OperatorNames(labels: ["102938475610": "Ostwind"]))
    #expect(state.list.rows.count == 0)
    Self.run("filter waba:ost", &state)
    #expect(state.list.rows.count == 9)
  }
}
