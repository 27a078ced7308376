import Canvas
import Health
import Monitor

/// The symbols, then every key of this view by chapters, from the key table: in two columns if
/// there is room, and with the commands if they are wide.
struct HelpView {
  let context: DrawContext

  private typealias Row = DetailLayout.Row

  /// From this width on, commands are shown at the right.
  private static let commandsFrom = 66
  private static let twoColumnsFrom = 76
  private static let gap = 2

  func rows(width: Int) -> [DetailLayout.Row] {
    let columns = width >= Self.twoColumnsFrom ? 2 : 1
    let cells = (width - Self.gap * (columns - 1)) / columns
    let chapters = chapters(width: cells)
    let first = columns == 1 ? chapters.count : Self.firstHalf(of: chapters.map(\.count))
    let left = Array(chapters[..<first].joined(separator: [Row()]))
    let right = Array(chapters[first...].joined(separator: [Row()]))
    return legend(width: width) + [Row()]
      + (0..<max(left.count, right.count)).map { line in
        beside(
          left.indices.contains(line) ? left[line] : Row(),
          right.indices.contains(line) ? right[line] : nil,
          at: cells + Self.gap
        )
      }
  }

  /// How many parts go into the first column, so that both have similar heights.
  private static func firstHalf(of heights: [Int]) -> Int {
    (0...heights.count).min { one, other in
      func height(_ first: Int) -> Int {
        [heights[..<first], heights[first...]].map { $0.reduce(0) { $0 + $1 + 1 } }.max() ?? 0
      }
      return height(one) < height(other)
    } ?? heights.count
  }

  private func beside(_ left: Row, _ right: Row?, at column: Int) -> Row {
    guard let right, !right.phrases.isEmpty else { return left }
    let used = left.phrases.isEmpty ? left.indent : left.indent + left.phrases.cells
    let blank = String(repeating: " ", count: max(column + right.indent - used, 1))
    return Row(indent: left.indent, phrases: left.phrases + [Phrase(blank, .text)] + right.phrases)
  }

  private func chapters(width: Int) -> [[Row]] {
    let bindings = KeyMap.bindings(in: context.state.room.place)
    let longest = bindings.map { TextWidth.cells(of: keys(of: $0)) }.max() ?? 0
    let indent = min(longest + 4, max(width * 2 / 5, 1))
    return KeyBinding.Chapter.allCases.compactMap { chapter in
      let entries = bindings.filter { $0.chapter == chapter }
      guard !entries.isEmpty else { return nil }
      return [heading(chapter.rawValue)]
        + entries.flatMap { entry($0, indent: indent, width: width) }
    }
  }

  /// The keys that fit, or the command if there is no key.
  private func keys(of binding: KeyBinding, room: Int = .max) -> String {
    guard let first = binding.keys.first else { return binding.commandLine }
    return binding.keys.dropFirst().reduce(first.name(context.marks)) { keys, key in
      let longer = "\(keys) \(key.name(context.marks))"
      return TextWidth.cells(of: longer) <= room ? longer : keys
    }
  }

  private func entry(_ binding: KeyBinding, indent: Int, width: Int) -> [DetailLayout.Row] {
    let reason = binding.reasonDisabled(in: context.state)
    let help = reason.map { "\(binding.help) (now: \($0))" } ?? binding.help
    let command = width >= Self.commandsFrom && !binding.keys.isEmpty ? binding.commandLine : ""
    let room = width - indent - (command.isEmpty ? 0 : command.count + 2)
    let lines = TextWrap.lines(help, width: room)
    let keys = TextWidth.cut(keys(of: binding, room: indent - 3), to: indent - 3)
    let gap = String(repeating: " ", count: max(indent - 2 - TextWidth.cells(of: keys), 0))
    return lines.enumerated().map { index, line in
      let text = Phrase(line, reason == nil ? .text : .textMuted)
      guard index == 0 else { return DetailLayout.Row(indent: indent, phrases: [text]) }
      let role: Role = reason == nil ? .accent : .textMuted
      var phrases = [Phrase(keys + gap, role), text]
      if !command.isEmpty {
        let blank = max(width - 2 - phrases.cells - command.count, 2)
        phrases.append(Phrase(String(repeating: " ", count: blank) + command, .textMuted))
      }
      return DetailLayout.Row(indent: 2, phrases: phrases)
    }
  }

  /// The meaning of the states' symbols, and of the letters beside a row.
  private func legend(width: Int) -> [Row] {
    let states = HealthState.allCases.map { state in
      let mark = StateMark(state)
      return ("\(mark.sign(context.marks)) \(mark.word)", mark.role, Self.meaning(of: state))
    }
    let entries = states + notes + words
    let indent = (entries.map(\.0.count).max() ?? 0) + 4
    return [heading("States")]
      + entries.flatMap { sign, role, text in
        TextWrap.lines(text, width: width - indent).enumerated().map { index, line in
          guard index == 0 else { return Row(indent: indent, phrases: [Phrase(line, .text)]) }
          let gap = String(repeating: " ", count: indent - 2 - sign.count)
          return Row(indent: 2, phrases: [Phrase(sign, role), Phrase(gap + line, .text)])
        }
      }
  }

  /// The words that only this view has.
  private var words: [(sign: String, role: Role, text: String)] {
    switch context.state.room.place {
    case .causes: flags
    case .events: [("\(context.marks.times)6", .text, "so many numbers")]
    default: []
    }
  }

  /// Those of the causes' FLAGS column.
  private var flags: [(sign: String, role: Role, text: String)] {
    PollingSide.allCases.map { ($0.flag, .statusUnknown, $0.meaning) } + [
      ("old", .statusStale, "a cause by the last good answer, which is too old to count"),
      ("new", .textStrong, "it began in the last three minutes"),
    ]
  }

  private var notes: [(sign: String, role: Role, text: String)] {
    let marks: [(NoteMark?, String)] = [
      (NoteMark(.acknowledged), "acknowledged: somebody has seen it; below the rest as bad"),
      (NoteMark(.muted), "muted: it needs nobody for a while; dim, at the end of those as bad"),
    ]
    return marks.map { mark, text in
      (mark.map { "\($0.letter) \($0.word.uppercased())" } ?? "", mark?.role ?? .text, text)
    } + [
      ("f FLAP", .statusFlapping, "flapping: it changes its state again and again"),
      ("1/2", .text, "not confirmed yet: one of two polls says so, and it is no event so far"),
      (context.marks.atLeast, .text, "at least so long: it was so when this run began to look"),
      (
        context.marks.none, .textMuted,
        context.state.room.place == .events
          ? "before an arrow: its numbers were in several states before; unfolded, each says its own"
          : "nothing to show: the provider doesn't say it, or it was not read yet"
      ),
    ]
  }

  private static func meaning(of state: HealthState) -> String {
    switch state {
    case .blocked: "can't send: the provider says BLOCKED"
    case .critical: "critical because of a signal, such as status BANNED"
    case .limited: "can send, with limits: the provider says LIMITED"
    case .warning: "a warning because of a signal, such as quality RED"
    case .unknown: "there was no usable answer"
    case .stale: "no answer for three intervals: the data is old"
    case .available: "a recent answer, and no fault reported"
    }
  }

  private func heading(_ text: String) -> DetailLayout.Row {
    DetailLayout.Row(phrases: [Phrase(text, .textStrong)])
  }
}
