import ArgumentParser
import Canvas
import Health
import Monitor
import Reports
import Screens

/// The views that a snapshot can show.
extension KeyBinding.Place: ExpressibleByArgument {
  init?(argument: String) {
    guard let place = Self.allCases.first(where: { $0.name == argument }) else { return nil }
    self = place
  }

  var defaultValueDescription: String { name }

  static var allValueStrings: [String] { allCases.map(\.name) }
}

/// One frame, drawn as the dashboard would draw it.
struct Snapshot {
  let view: KeyBinding.Place
  let size: ScreenSize
  let marks: Marks
  let chrome: Chrome

  /// Draws the model.
  ///
  /// - Parameters:
  ///   - model: The model after a sweep.
  ///   - filter: The filter that numbers must pass.
  ///   - number: The number for the tree view; nil means the first of the list.
  ///   - now: The current moment, for ages.
  /// - Returns: The frame.
  /// - Throws: `CommandFailure` if there is no such number.
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
      // The list scrolls to the number.
      _ = model.layOut(at: now, size: size, marks: marks, chrome: chrome)
      try select(number, in: model)
    }
    _ = model.perform(view.command)
    return model.layOut(at: now, size: size, marks: marks, chrome: chrome).canvas
  }

  @MainActor
  private func select(_ wanted: String, in model: ScreenModel) throws {
    let rows = 0..<model.state.list.rows.count
    guard let row = rows.first(where: { model.state.record(at: $0).answers(to: wanted) }) else {
      throw CommandFailure("no number matches \"\(wanted)\"")
    }
    // The list has not been scrolled, so rows are counted from the first.
    _ = model.perform(.select(visibleRow: row))
  }
}

extension ScreenModel {
  /// Sets the filter as if it were typed.
  @MainActor
  func filter(by text: String) {
    guard !text.isEmpty else { return }
    for command in [.startFilter, .editFilter(.insert(text)), Command.editFilter(.keep)] {
      _ = perform(command)
    }
  }
}
