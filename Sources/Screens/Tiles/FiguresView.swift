import Canvas
import Health
import Monitor

/// The counts in large digits, each with its word, age and a note.
///
///      █  ███
///     ██    █   ✘ BLOCKED
///      █  ███   oldest 2h14m
///      █    █   9 by one cause
///     ███ ███
struct FiguresView {
  let context: DrawContext
  let board: TileBoard

  private static let textGap = 3
  private static let leastGap = 3

  private struct Figure {
    let digits: BigText
    let role: Role
    let lines: [Phrase]

    var width: Int { digits.width + textGap + (lines.map { [$0].cells }.max() ?? 0) }
  }

  private static let groups: [[HealthState]] = [
    [.blocked, .critical], [.limited], [.warning], [.available], [.unknown], [.stale],
  ]

  /// Whether they fit side by side.
  func fits(width: Int) -> Bool { figures(width: width) != nil }

  /// All figures, or without those that are zero; blocked and available are always shown.
  private func figures(width: Int) -> [Figure]? {
    let counted = Self.groups.filter { group in
      group.contains(.blocked) || group == [.available]
        || group.contains { context.state.tiles.index.total[$0] > 0 }
    }
    return [Self.groups, counted].lazy.map { $0.map(figure) }.first { figures in
      let gaps = (figures.count - 1) * Self.leastGap
      return figures.reduce(0) { $0 + $1.width } + gaps <= width
    }
  }

  func draw(on canvas: inout Canvas) {
    let figures = figures(width: canvas.width) ?? []
    let used = figures.reduce(0) { $0 + $1.width }
    let gap = figures.count > 1 ? (canvas.width - used) / (figures.count - 1) : 0
    // Limited, so that figures stay together on wide screens.
    let step = min(max(gap, Self.leastGap), 14)
    var column = 0
    for figure in figures {
      let area = Rect(row: 0, column: column, width: figure.digits.width, height: BigText.height)
      canvas.within(area) { figure.digits.draw(role: figure.role, marks: context.marks, on: &$0) }
      let text = column + figure.digits.width + Self.textGap
      for (row, line) in figure.lines.enumerated() {
        canvas.put([line], row: row + 1, column: text, width: max(canvas.width - text, 0))
      }
      column += figure.width + step
    }
  }

  private func figure(_ states: [HealthState]) -> Figure {
    let figure = context.state.figure(states, in: board)
    let mark = StateMark(states[0])
    let isCalm = figure.count == 0
    // Digits of healthy numbers are muted, so that the others stand out.
    let isQuiet = isCalm || states == [.available]
    let role: Role = isQuiet ? .textMuted : mark.history
    let headRole = isCalm ? .textMuted : mark.role
    let head = Phrase("\(mark.sign(context.marks)) \(states[0].tilesPhrase)", headRole)
    let notes = isCalm ? [] : notes(states, figure).prefix(2)
    return Figure(
      digits: BigText("\(figure.count)"),
      role: role,
      lines: [head] + notes.map { Phrase($0, .text) }
    )
  }

  private func notes(_ states: [HealthState], _ figure: TileFigure) -> [String] {
    if states == [.available] { return [share(figure.count), "of \(total)"] }
    let oldest = figure.oldest.map {
      "oldest \(context.time(since: $0, isLowerBound: figure.isLowerBound))"
    }
    return [oldest, note(states)].compactMap(\.self)
  }

  private var total: Int { context.state.tiles.index.total.total }

  /// Never 100 % if one is missing.
  private func share(_ count: Int) -> String {
    guard count < total else { return "100%" }
    let tenths = count * 1000 / max(total, 1)
    return "\(tenths / 10).\(tenths % 10)%"
  }

  /// What the numbers have in common.
  private func note(_ states: [HealthState]) -> String? {
    switch states[0] {
    case .unknown: context.state.fleet.counts.polled < total ? "first sweep" : unknownNote
    case .stale: staleNote
    default: nil
    }
  }

  /// The account with most of the unknown numbers, and how many others have some.
  private var unknownNote: String? {
    let index = context.state.tiles.index
    let accounts = context.state.fleet.accounts.map(\.account.name)
      .map { (name: $0, count: index.numbers(of: $0)[.unknown]) }
      .filter { $0.count > 0 }
    guard let first = accounts.max(by: { $0.count < $1.count }) else { return nil }
    let name = TextWidth.cut(first.name.sanitized, to: 12)
    return accounts.count == 1 ? name : "\(name) +\(accounts.count - 1)"
  }

  private var staleNote: String? {
    let refresh = context.state.fleet.accounts.map(\.effectiveRefresh).min()
    return refresh.map { "> \(Age($0 * 3).text)" }
  }
}
