import ArgumentParser
import Canvas
import Health
import Monitor
import Screens

/// What a snapshot may show.
enum SnapshotView: String, CaseIterable, ExpressibleByArgument {
  case list
  case tiles
  case tree
  case causes
  case events

  /// What an operator would ask for; nil where there is no such view.
  var command: Command? {
    KeyMap.bindings.first { $0.isView && $0.name == rawValue }?.command
  }

  /// The others show what hits any number.
  var isFiltered: Bool { self != .causes && self != .events }
}

/// One frame, drawn as the dashboard would after a few keys.
struct Snapshot {
  let view: SnapshotView
  let size: ScreenSize
  let marks: Marks
  let chrome: Chrome

  /// Draws what the model holds.
  ///
  /// - Parameters:
  ///   - model: What a sweep has filled.
  ///   - filter: The filter that numbers must pass.
  ///   - number: Which number's tree; nil is the first of the list.
  ///   - now: What ages are counted to.
  /// - Returns: The frame.
  /// - Throws: `CommandFailure` where no number is the one that was asked for.
  @MainActor
  func draw(
    _ model: ScreenModel,
    filter: String,
    number: String?,
    at now: Moment
  ) throws -> Canvas {
    model.filter(by: filter)
    if view == .tree, model.state.list.rows.count == 0, model.state.list.rows.total > 0 {
      throw CommandFailure("no number passes the filter \"\(filter)\"")
    }
    if let number {
      // The list scrolls to the number by as much as it has to.
      _ = model.layOut(at: now, size: size, marks: marks, chrome: chrome)
      try select(number, in: model)
    }
    if let command = view.command { _ = model.perform(command) }
    return model.layOut(at: now, size: size, marks: marks, chrome: chrome).canvas
  }

  @MainActor
  private func select(_ wanted: String, in model: ScreenModel) throws {
    let rows = 0..<model.state.list.rows.count
    guard let row = rows.first(where: { model.state.record(at: $0).answers(to: wanted) }) else {
      throw CommandFailure("no number is called \"\(wanted)\"")
    }
    // The list has not been moved yet, so that its rows are counted from the first.
    _ = model.perform(.select(visibleRow: row))
  }
}

extension NumberRecord {
  /// Whether somebody who says this means this number.
  func answers(to name: String) -> Bool {
    let sent = report?.facts.displayNumber
    let names = [number.target, number.label, report?.phoneNumberID, sent, displayNumber]
    return names.contains(name) || displayNumber == "+" + name
  }
}

extension ScreenModel {
  /// Sets the filter as typing it would.
  @MainActor
  func filter(by text: String) {
    guard !text.isEmpty else { return }
    for command in [.startFilter, .editFilter(.insert(text)), Command.editFilter(.keep)] {
      _ = perform(command)
    }
  }
}
