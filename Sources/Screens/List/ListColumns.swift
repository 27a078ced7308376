/// The columns of the list for a width, and their places.
///
/// At 80 columns it is NUMBER, NAME, PROVIDER, CAUSE, an eight-cell strip and SINCE. Narrower, NAME
/// shrinks first, then PROVIDER is abbreviated, then the strip goes from 8 to 4 and away, then
/// PROVIDER, then NAME. Wider, CAUSE and NAME get what they need first; then QUALITY, LIMIT,
/// TEMPLATES, WABA and LATENCY are added one by one. The rest widens the strip, causes and names,
/// never the gaps. The sorted column is always visible.
struct ListColumns: Hashable, Sendable {
  struct Slot: Hashable, Sendable {
    let column: ListColumn
    let start: Int
    let width: Int
  }

  /// Cursor, mark of the state, its word, and the blanks between.
  static let lead = 7
  static let markColumn = 1
  static let wordColumn = 3
  /// An extra blank before SINCE.
  private static let sinceGap = 1
  static let widestStrip = 24

  private(set) var slots: [Slot] = []

  /// - Parameters:
  ///   - width: The cells of a row.
  ///   - number: The cells of the longest number on the screen.
  ///   - pan: How many columns after NUMBER are skipped.
  ///   - isWide: Whether the operator asked for the columns of wide screens.
  ///   - sorted: The sorted column.
  ///   - hasHistory: Whether more than the current hour is known, so that the strip is useful.
  ///   - since: The width of SINCE: a clock time is longer than an age.
  init(
    width: Int,
    number: Int,
    pan: Int = 0,
    isWide: Bool = false,
    sorted: ListColumn = .status,
    hasHistory: Bool = true,
    since: Int = 6
  ) {
    let number = min(max(number, 14), 16)
    let room = width - Self.lead - since - Self.sinceGap - (number + 1)
    func columns(_ room: Int, _ strip: Bool) -> Widths {
      pan > 0 || isWide
        ? Self.inOrder(room: room, pan: pan, isWide: isWide, hasStrip: strip)
        : Self.fitted(room: room, hasStrip: strip)
    }
    var shown = columns(room, hasHistory)
    let isShown =
      [.status, .number, .since].contains(sorted) || shown.contains { $0.column == sorted }
    if !isShown {
      // The sorted column is more important than the strip.
      let cells = min(sorted.cellsWhenSorted, max(room - 1, 0))
      shown = columns(room - cells - 1, false) + [(sorted, cells)]
    }
    place([(.number, number)] + shown, width: width, since: since)
  }

  subscript(column: ListColumn) -> Slot? { slots.first { $0.column == column } }

  private mutating func place(_ columns: Widths, width: Int, since cells: Int) {
    var start = Self.lead
    for (column, cells) in columns where cells > 0 {
      slots.append(Slot(column: column, start: start, width: cells))
      start += cells + 1
    }
    let since = width - cells
    if since >= start { slots.append(Slot(column: .since, start: since, width: cells)) }
  }
}

// MARK: - What fits

extension ListColumns {
  private typealias Widths = [(column: ListColumn, width: Int)]

  private static let narrowest = (name: 8, nameBesideProvider: 12, cause: 15, leastCause: 6)
  private static let extras: Widths = ListColumn.all.compactMap { column in
    if case .wide(let cells, _) = column.width { (column, cells) } else { nil }
  }

  private static func fitted(room: Int, hasStrip: Bool) -> Widths {
    // Provider and strip, as the width allows; NAME gets the rest.
    let withStrip = [(9, 8, narrowest.name), (5, 8, 8), (5, 4, 8)]
    let choices =
      (hasStrip ? withStrip : [(9, 0, narrowest.nameBesideProvider)])
      + [(5, 0, narrowest.nameBesideProvider)]
    for (provider, strip, leastName) in choices {
      let stripCells = strip > 0 ? strip + 1 : 0
      let name = room - (provider + 1) - stripCells - (narrowest.cause + 1) - 1
      if name >= leastName { return grown(name: name, provider: provider, strip: strip) }
    }
    let name = room - (narrowest.cause + 1) - 1
    if name >= narrowest.name { return [(.name, name), (.cause, narrowest.cause)] }
    return room - 1 >= narrowest.leastCause ? [(.cause, room - 1)] : []
  }

  /// Distributes what NAME does not need: cause and name come first.
  private static func grown(name: Int, provider: Int, strip: Int) -> Widths {
    let comfortable = 15
    var (name, cause, strip) = (name, narrowest.cause, strip)
    var left = max(name - comfortable, 0)
    name -= left
    func grow(_ value: inout Int, to most: Int) {
      let more = min(left, max(most - value, 0))
      value += more
      left -= more
    }
    grow(&name, to: 20)
    grow(&cause, to: 32)
    grow(&name, to: 24)
    grow(&cause, to: 36)
    var more: Widths = []
    for (column, cells) in extras {
      guard left > cells else { break }
      left -= cells + 1
      more.append((column, cells))
    }
    // Each cell of the strip is a number of whole hours: 8 cells of three, 12 of two or 24 of one.
    for cells in [12, widestStrip] where strip > 0 && cells > strip && left >= cells - strip {
      left -= cells - strip
      strip = cells
    }
    for index in more.indices {
      if case .wide(_, let most) = more[index].column.width { grow(&more[index].width, to: most) }
    }
    grow(&cause, to: 44)
    grow(&name, to: 32)
    grow(&cause, to: 80)
    return [(.name, name), (.provider, provider), (.cause, cause)] + more + [(.strip, strip)]
  }

  /// For panning or wide columns: one after the other at their natural width, as far as there is
  /// room.
  private static func inOrder(room: Int, pan: Int, isWide: Bool, hasStrip: Bool) -> Widths {
    let main: Widths = [(.name, 15), (.provider, 9), (.cause, 24)]
    let rest: Widths = hasStrip ? [(.strip, 8)] : []
    let all = isWide ? [(.name, 15)] + extras + main.dropFirst() + rest : main + extras + rest
    var (left, columns) = (room - 1, Widths())
    for (column, width) in all.dropFirst(min(pan, all.count - 1)) {
      guard left >= width else { break }
      columns.append((column, width))
      left -= width + 1
    }
    return widened(columns, by: max(left, 0))
  }

  /// Gives the remaining cells to the strip, in whole hours, then to the cause.
  private static func widened(_ columns: Widths, by spare: Int) -> Widths {
    var (left, columns) = (spare, columns)
    if let strip = columns.firstIndex(where: { $0.column == .strip }) {
      let cells = [widestStrip, 12].first { left >= $0 - columns[strip].width }
      left -= (cells ?? columns[strip].width) - columns[strip].width
      columns[strip].width = cells ?? columns[strip].width
    }
    if let cause = columns.firstIndex(where: { $0.column == .cause }) {
      columns[cause].width += left
    }
    return columns
  }
}
