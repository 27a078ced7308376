import Canvas
import Health
import Monitor

/// A column of the accounts: its head, its cells, and what it says.
struct AccountColumn: Sendable {
  let head: String
  /// Where the head has no room.
  let shortHead: String?
  let cells: Int
  /// As many as it has use for where there is room.
  let most: Int
  /// Columns with a higher one are the first to go on narrow screens.
  let rank: Int
  let isTrailing: Bool
  let content: @Sendable (_ row: AccountRow, _ width: Int) -> [Phrase]

  init(
    _ head: String,
    short: String? = nil,
    cells: Int,
    most: Int? = nil,
    rank: Int,
    isTrailing: Bool = false,
    _ content: @escaping @Sendable (_ row: AccountRow, _ width: Int) -> [Phrase]
  ) {
    self.head = head
    shortHead = short
    self.cells = cells
    self.most = most ?? cells
    self.rank = rank
    self.isTrailing = isTrailing
    self.content = content
  }
}

extension AccountColumn {
  func head(width: Int) -> String {
    if let shortHead, width < head.count { shortHead } else { head }
  }

  /// In their order on the screen.
  static let all = [
    account, provider, numbers, budget, refresh, latency, answer, next, trouble,
  ]

  private static let account = AccountColumn("ACCOUNT", cells: 10, most: 24, rank: 0) { row, _ in
    [Phrase(row.name, .textStrong)]
  }

  private static let provider = AccountColumn("PROVIDER", cells: 9, rank: 8) { row, _ in
    [Phrase(row.provider, .text)]
  }

  /// Bad ones of all.
  private static let numbers = AccountColumn("BAD/ALL", cells: 9, rank: 1, isTrailing: true) {
    row,
    _ in row.numbers
  }

  private static let budget = AccountColumn(
    "BUDGET USED",
    short: "BUDGET",
    cells: 7,
    most: 14,
    rank: 3
  ) {
    row,
    width in row.budget(width: width)
  }

  private static let refresh = AccountColumn("EVERY", cells: 5, most: 10, rank: 5) { row, width in
    row.refresh(width: width)
  }

  private static let latency = AccountColumn(
    "LATENCY",
    short: "LAT",
    cells: 5,
    most: 7,
    rank: 7,
    isTrailing: true
  ) {
    row,
    _ in [Phrase(row.latency, .text)]
  }

  private static let answer = AccountColumn("ANSWER", cells: 6, rank: 4, isTrailing: true) {
    row,
    _ in [Phrase(row.lastAnswer, .text)]
  }

  private static let next = AccountColumn("NEXT", cells: 5, rank: 6, isTrailing: true) {
    row,
    _ in [Phrase(row.next, .text)]
  }

  private static let trouble = AccountColumn("STATE", cells: 14, most: 60, rank: 2) {
    row,
    width in row.trouble(width: width)
  }
}

/// Which columns a line has at a width, and where.
struct AccountColumns {
  struct Slot {
    let column: AccountColumn
    let start: Int
    let width: Int
  }

  static let markColumn = 1
  static let lead = 3

  let slots: [Slot]

  /// - Parameters:
  ///   - width: The cells of a line.
  ///   - rows: What the columns have to hold.
  init(width: Int, rows: [AccountRow]) {
    // The line ends with a blank, as the header does.
    let room = max(width - Self.lead - 1, 0)
    var shown: [AccountColumn] = []
    var used = 0
    for column in AccountColumn.all.sorted(by: { $0.rank < $1.rank }) {
      let cells = column.cells + (shown.isEmpty ? 0 : 1)
      guard used + cells <= room else { break }
      shown.append(column)
      used += cells
    }
    var cells = Dictionary(uniqueKeysWithValues: shown.map { ($0.rank, $0.cells) })
    // The more a column matters the later it grows: budgets get their bars before names get blanks.
    for column in shown.sorted(by: { $0.rank > $1.rank }) {
      let more = min(Self.use(of: column, rows) - column.cells, room - used)
      cells[column.rank, default: 0] += more
      used += more
    }
    var start = Self.lead
    slots = AccountColumn.all.compactMap { column in
      guard let width = cells[column.rank] else { return nil }
      defer { start += width + 1 }
      return Slot(column: column, start: start, width: width)
    }
  }

  /// The cells that a column has use for.
  private static func use(of column: AccountColumn, _ rows: [AccountRow]) -> Int {
    guard column.most > column.cells else { return column.cells }
    let longest = rows.map { column.content($0, column.most).cells }.max() ?? 0
    return min(max(column.cells, longest, column.head.count), column.most)
  }
}
