/// The columns of the events for a width, and their places.
///
/// From 60 on TIME and AGE; narrower screens have the one for the time format.
struct EventColumns: Hashable, Sendable {
  let time: Int?
  let age: Int?
  let change: Int
  let who: Int
  let whoWidth: Int
  let why: Int
  let whyWidth: Int

  static let timeCells = 8
  static let ageCells = 6
  static let changeCells = 6
  /// Before the change of a number that belongs to an event.
  static let branchCells = 2

  init(width: Int, showsAge: Bool) {
    var column = 1
    if width >= 60 || !showsAge {
      time = column
      column += Self.timeCells + 1
    } else {
      time = nil
    }
    if width >= 60 || showsAge {
      age = column
      column += Self.ageCells + 2
    } else {
      age = nil
    }
    change = column
    column += Self.changeCells + 1
    who = column
    let room = max(width - 1 - column, 0)
    // WHO names a number and its owner; WHY has the rest.
    whoWidth = room < 40 ? room * 3 / 5 : min(max(room * 54 / 100, 28), 46)
    why = column + whoWidth + 1
    whyWidth = max(width - 1 - why, 0)
  }
}
