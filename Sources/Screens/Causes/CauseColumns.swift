/// The columns of the causes list for a width, and their places.
///
/// At 80 columns CAUSE, CODE, the bar with n of m, SINCE and FLAGS. Narrower, the bar goes, then
/// FLAGS, then CODE. From 110 on, WHY gets what CAUSE doesn't need.
struct CauseColumns: Hashable, Sendable {
  enum Column: Hashable, Sendable {
    case cause
    case why
    case code
    case bar
    case share
    case since
    case flags
  }

  struct Slot: Hashable, Sendable {
    let column: Column
    let start: Int
    let width: Int
  }

  static let markColumn = 1
  static let lead = 3
  static let barCells = 10

  private(set) var slots: [Slot] = []

  /// - Parameters:
  ///   - width: The cells of a line.
  ///   - share: The cells of the longest n of m on the screen.
  init(width: Int, share: Int) {
    let (code, since, flags) = (7, 6, 8)
    let share = max(share, 5)
    // The line ends with a blank, as the header does.
    let room = width - Self.lead - 2
    var rest: [(Column, Int)] = [(.share, share), (.since, since)]
    func fits(_ more: Int, least: Int) -> Bool {
      room - rest.reduce(0) { $0 + $1.1 + 1 } - more - 1 >= least
    }
    if fits(code, least: 30) { rest.insert((.code, code), at: 0) }
    if fits(flags, least: 30) { rest.append((.flags, flags)) }
    if fits(Self.barCells, least: 30), let place = rest.firstIndex(where: { $0.0 == .share }) {
      rest.insert((.bar, Self.barCells), at: place)
    }
    let left = max(room - rest.reduce(0) { $0 + $1.1 + 1 }, 0)
    let why = width >= 110 ? max(left - 38, 0) : 0
    var start = Self.lead
    let words: [(Column, Int)] =
      why >= 20 ? [(.cause, left - why - 1), (.why, why)] : [(.cause, left)]
    for (column, cells) in words + rest where cells > 0 {
      // An extra blank between ages and flags.
      if column == .flags { start += 1 }
      slots.append(Slot(column: column, start: start, width: cells))
      start += cells + 1
    }
  }

  subscript(column: Column) -> Slot? { slots.first { $0.column == column } }
}
