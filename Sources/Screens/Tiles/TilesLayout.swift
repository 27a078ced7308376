import Canvas
import Health
import Monitor

/// Which parts of the tiles are on a screen, and the height and detail of each.
///
/// Each part starts with a useful minimum. Then parts grow while there is room, in the order of
/// importance: the causes, the blocked tiles, the marks, the limited tiles, the changes, and last
/// the space between them.
struct TilesLayout {
  /// The style of a section's tiles.
  enum TileStyle: Hashable, Sendable {
    /// Name, number, age and reason.
    case full
    case line
    /// One tile per cause.
    case grouped
    case groupedLine

    var isGrouped: Bool { self == .grouped || self == .groupedLine }
  }

  struct Tiles: Hashable, Sendable {
    var style = TileStyle.line
    var rows = 0
    /// Lines of one tile.
    var height = 1
    var tiles = 0

    var lines: Int { rows * height }
  }

  /// The sizes of the contents.
  struct Content {
    /// The full height of each cause.
    let causes: [Int]
    /// How many of the first causes are critical.
    let criticalCauses: Int
    let board: TileBoard
    let changes: Int
    let index: TileIndex
    /// Cells of the longest name, with its mark, or reason on a tile.
    let longestText: Int
    /// The longest name of the first WABAs.
    let longestWABA: Int
    /// The large text if all numbers are fine; otherwise nil.
    let calm: CalmText?
  }

  let margin: Int
  let tileWidth: Int
  let columns: Int
  /// Cells before the marks.
  let labels: Int
  private(set) var marksPerLine: Int
  /// The width of a mark: two if there is room for spacing.
  private(set) var pitch = 1
  let hasFigures: Bool
  let hasHeadings: Bool
  /// Whether there is a line of counts and age; with figures, the wall's header has it.
  let hasTopLine: Bool
  private(set) var causeLines = 0
  /// How many of the first causes have a remedy line.
  private(set) var remedies = 0
  private(set) var remedyLines = 0
  private var tiles = [Tiles](repeating: Tiles(), count: TileSection.Kind.allCases.count)
  private(set) var markLines = 0
  private(set) var changeLines = 0
  private(set) var hasGaps = false
  private(set) var calmLines = 0
  private(set) var calmScale: BigText.Scale?
  private(set) var fewestMarkLines: Int
  /// How many changes are side by side.
  let changeColumns: Int

  private static let narrowestTile = 19
  private static let widestTile = 27
  private static let mostTilesInFull = 40

  init(width: Int, height: Int, fixed: Int, canHaveFigures: Bool, isWall: Bool, _ content: Content)
  {
    margin = Self.margin(width: width)
    let room = width - margin
    let counts = TileSection.Kind.allCases.map { content.board[$0].count }
    let wide = room / min(max(content.longestText + 2, Self.narrowestTile), Self.widestTile)
    let narrow = max(room / Self.narrowestTile, 1)
    // Full names are worth one more row, but not a screenful.
    columns = wide > 1 && counts.allSatisfy { $0 <= 2 * wide } ? wide : narrow
    tileWidth = room / columns
    // With less, the reasons would be cut.
    changeColumns = width >= 160 ? 2 : 1
    let named = min(max(content.longestWABA + 12, 26), width / 4)
    labels = width >= 100 ? named : width >= 72 ? 23 : width >= 60 ? 18 : 10
    marksPerLine = max(width - 2 * margin - labels, 1)
    hasFigures = canHaveFigures && height >= 30
    hasTopLine = !(isWall && hasFigures)
    var left = height - fixed - (hasTopLine ? 1 : 0)
    if hasFigures { left -= BigText.height + 2 }
    hasHeadings = left >= 13
    fewestMarkLines = MarkRows.fewestLines(content.index, marksPerLine: marksPerLine)
    grow(content, left)
  }

  /// The number of pages of marks.
  var pages: Int {
    markLines == 0 ? 1 : max((fewestMarkLines + markLines - 1) / markLines, 1)
  }

  /// How the tiles of a part are laid out.
  func tiles(of kind: TileSection.Kind) -> Tiles { tiles[Self.place(of: kind)] }

  private static func place(of kind: TileSection.Kind) -> Int {
    TileSection.Kind.allCases.firstIndex(of: kind) ?? 0
  }

  static func margin(width: Int) -> Int { width >= 100 ? 2 : width >= 60 ? 1 : 0 }
}

// MARK: - Sharing the lines

extension TilesLayout {
  private mutating func grow(_ content: Content, _ lines: Int) {
    var room = Room(left: lines, heading: hasHeadings ? 1 : 0)
    let causes = content.causes.count
    let changes = (content.changes + changeColumns - 1) / changeColumns
    let isRoomy = lines >= 24
    if let calm = content.calm { place(calm, in: &room) }
    room.open(&causeLines, for: min(causes, 1))
    // What to do first is said before everything else is shown.
    if isRoomy { addRemedies(content, &room, most: 1) }
    if hasHeadings { open(.critical, content, &room, share: 3, lines) }
    room.open(&markLines, for: min(fewestMarkLines, 1))
    room.extend(&causeLines, to: min(causes, max(lines / 6, 2)) + remedyLines)
    room.extend(&markLines, to: min(fewestMarkLines, max(lines / 3, 1)))
    if hasHeadings {
      open(.limited, content, &room, share: 4, lines)
      open(.atRisk, content, &room, share: 4, lines)
    }
    room.extend(&markLines, to: fewestMarkLines)
    if isRoomy { room.open(&changeLines, for: min(changes, 2)) }
    room.extend(&causeLines, to: min(causes, 6) + remedyLines)
    growRest(content, room, changes: changes, isRoomy: isRoomy)
  }

  /// Spacing comes before details, because a wall is read from afar.
  private mutating func growRest(_ content: Content, _ rest: Room, changes: Int, isRoomy: Bool) {
    var room = rest
    let causes = content.causes.count
    // Remedies of critical causes come before spacing.
    if isRoomy { addRemedies(content, &room, most: content.criticalCauses) }
    let sections = ([causeLines, markLines, changeLines] + tiles.map(\.lines)).count { $0 > 0 }
    if isRoomy, hasHeadings, room.left >= sections {
      hasGaps = true
      room.left -= sections
    }
    for (place, kind) in TileSection.Kind.allCases.enumerated() {
      let section = content.board[kind]
      tiles[place] = room.upgraded(tiles[place], section, columns, inFull: kind.linesInFull)
    }
    let troubled = content.index.groups.count { $0.tally.worst.map { $0 < .available } ?? false }
    separateMarks(content.index, &room, keeping: min(troubled, 8))
    if isRoomy { addRemedies(content, &room, most: .max) }
    separateMarks(content.index, &room, keeping: .max)
    room.extend(&changeLines, to: min(changes, 6))
    if remedies < 2 { room.extend(&causeLines, to: min(causes, 12) + remedyLines) }
    // On a small screen tiles come last, and only if they tell more than the causes.
    if !hasHeadings, room.left > 0 {
      let place = Self.place(of: .critical)
      let section = content.board.critical
      tiles[place] = room.tiles(section, columns, share: 1, inFull: 1, room.left)
    }
    spaceMarks(content.index, room)
  }

  private mutating func open(
    _ kind: TileSection.Kind,
    _ content: Content,
    _ room: inout Room,
    share: Int,
    _ lines: Int
  ) {
    tiles[Self.place(of: kind)] = room.tiles(
      content.board[kind],
      columns,
      share: share,
      inFull: kind.linesInFull,
      lines
    )
  }

  /// The letters are as large as the marks of all numbers allow.
  private mutating func place(_ calm: CalmText, in room: inout Room) {
    let left = room.left - min(fewestMarkLines, room.left / 2) - room.heading - 1
    calmScale = calm.scale(width: marksPerLine + labels, height: left)
    room.take(calm.lines(calmScale), at: &calmLines)
  }

  /// Gives the first causes a second line each, while there is room.
  private mutating func addRemedies(_ content: Content, _ room: inout Room, most: Int) {
    let shown = causeLines - remedyLines
    while remedies < min(most, shown), remedies < content.causes.count {
      let lines = content.causes[remedies] - 1
      guard lines <= room.left else { return }
      causeLines += lines
      remedyLines += lines
      room.left -= lines
      remedies += 1
    }
  }

  /// Gives groups their own lines, up to a limit.
  private mutating func separateMarks(_ index: TileIndex, _ room: inout Room, keeping most: Int) {
    guard markLines >= fewestMarkLines, markLines > 0, room.left > 0 else { return }
    let limit = markLines + min(room.left, most)
    let rows = MarkRows(index, marksPerLine: marksPerLine, limit: limit)
    room.extend(&markLines, to: max(rows.lines, markLines))
  }

  /// Puts blanks between marks if every group keeps its line.
  private mutating func spaceMarks(_ index: TileIndex, _ room: Room) {
    let half = (marksPerLine + 1) / 2
    guard markLines > 0, labels >= 26 else { return }
    let rows = MarkRows(index, marksPerLine: half, limit: markLines + room.left)
    guard rows.isSpacious, rows.lines <= markLines + room.left else { return }
    (pitch, marksPerLine, markLines) = (2, half, rows.lines)
    fewestMarkLines = MarkRows.fewestLines(index, marksPerLine: half)
  }

  /// The remaining lines.
  private struct Room {
    var left: Int
    let heading: Int

    mutating func take(_ lines: Int, at part: inout Int) {
      let lines = min(lines, max(left, 0))
      part += lines
      left -= lines
    }

    /// Starts a section if it fits with its heading.
    mutating func open(_ part: inout Int, for lines: Int) {
      guard lines > 0, left >= heading + 1 else { return }
      left -= heading
      take(lines, at: &part)
    }

    mutating func extend(_ part: inout Int, to lines: Int) {
      if part > 0 { take(max(lines - part, 0), at: &part) }
    }

    /// As much of a section as its share allows.
    mutating func tiles(
      _ section: TileSection,
      _ columns: Int,
      share: Int,
      inFull height: Int,
      _ lines: Int
    ) -> Tiles {
      guard section.count > 0, left > heading else { return Tiles() }
      left -= heading
      let limit = min(max(lines / share, 1), left)
      let tiles = Room.best(section, columns, limit: limit, inFull: height)
      left -= tiles.lines
      return tiles
    }

    /// A section, enlarged as far as there is room.
    mutating func upgraded(
      _ tiles: Tiles,
      _ section: TileSection,
      _ columns: Int,
      inFull height: Int
    ) -> Tiles {
      guard tiles.lines > 0 else { return tiles }
      let better = Room.best(section, columns, limit: tiles.lines + left, inFull: height)
      left -= better.lines - tiles.lines
      return better
    }

    /// The most detailed style that shows the whole section.
    private static func best(
      _ section: TileSection,
      _ columns: Int,
      limit: Int,
      inFull height: Int
    ) -> Tiles {
      let (numbers, causes) = (section.count, section.runs.count)
      var choices: [Tiles] = []
      func offer(_ style: TileStyle, _ tiles: Int, _ height: Int) {
        let rows = (tiles + columns - 1) / columns
        choices.append(Tiles(style: style, rows: rows, height: height, tiles: tiles))
      }
      if numbers <= mostTilesInFull { offer(.full, numbers, height) }
      offer(.line, numbers, 1)
      if causes < numbers {
        offer(.grouped, causes, height)
        offer(.groupedLine, causes, 1)
      }
      if let fitting = choices.first(where: { $0.lines <= limit }) { return fitting }
      // No style shows all of it, so it is cut.
      var cut = choices[choices.count - 1]
      cut.rows = max(limit, 0)
      return cut
    }
  }
}

extension TileSection.Kind {
  /// The height of a full tile: a blocked one has a line for the number.
  fileprivate var linesInFull: Int { self == .critical ? 3 : 2 }
}
