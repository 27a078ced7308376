import Canvas
import Health
import Monitor
import Screens

// Acknowledging and muting by typed lines; what came of it is printed as a change.
extension PlainInterface {
  /// What an operator wants, or what is wrong with it.
  func action(of command: PlainCommand) throws(CommandFailure) -> OperatorAction? {
    let state = model.state
    let author = state.shell.operatorName
    switch command {
    case .acknowledge(let name, let comment):
      let trouble = try state.trouble(named: name)
      guard trouble.state != .available else {
        throw CommandFailure("\(trouble.title) is AVAILABLE: there is nothing to acknowledge")
      }
      return .acknowledge(
        [.init(trouble.subject, trouble.state)],
        author: author,
        comment: comment,
        until: nil
      )
    case .takeBack(let name):
      let known = try state.acknowledgements(named: name)
      guard !known.isEmpty else { throw CommandFailure("\"\(name)\" is not acknowledged") }
      return .end(Set(known.map(\.id)), author: author)
    case .mute(let filter, let until):
      let end = try EndTime.argument(until, "mute", now: state.now.date)
      guard let date = end.date else { throw CommandFailure("mute needs a time, such as 2h") }
      return .mute(filter: try text(of: filter), author: author, comment: "", until: date)
    case .unmute(let filter):
      let known = state.notes.mutes.filter { $0.filter == filter }
      guard !known.isEmpty else { throw CommandFailure("\"\(filter)\" is not muted") }
      return .end(Set(known.map(\.id)), author: author)
    default: return nil
    }
  }

  private func text(of filter: String) throws(CommandFailure) -> String {
    do throws(FilterError) {
      return try Filter(muting: model.state.filtering.saved.filter(filter).text).text
    } catch {
      throw CommandFailure(error.message)
    }
  }
}
