import Canvas
import Health

/// Every key of this view, chapter by chapter, out of the one table; where there is room, with what is
/// typed for the same.
struct HelpView {
  let scene: DrawContext

  /// From here on what is typed stands at the right.
  private static let commandsFrom = 96

  func rows(width: Int) -> [DetailLayout.Row] {
    let place = scene.state.room.place
    let bindings = KeyMap.bindings(in: place)
    let longest = bindings.map { TextWidth.cells(of: keys(of: $0)) }.max() ?? 0
    let indent = min(longest + 4, max(width / 2, 1))
    var rows: [DetailLayout.Row] = []
    for chapter in KeyBinding.Chapter.allCases {
      let entries = bindings.filter { $0.chapter == chapter }
      guard !entries.isEmpty else { continue }
      if !rows.isEmpty { rows.append(DetailLayout.Row()) }
      rows.append(DetailLayout.Row(phrases: [Phrase(chapter.rawValue, .textStrong)]))
      for binding in entries { rows += entry(binding, indent: indent, width: width) }
    }
    return rows + legend
  }

  /// Or what is typed, where there is no key.
  private func keys(of binding: KeyBinding) -> String {
    guard !binding.keys.isEmpty else { return binding.commandLine }
    return binding.keys.map { $0.name(scene.marks) }.joined(separator: " ")
  }

  private func entry(_ binding: KeyBinding, indent: Int, width: Int) -> [DetailLayout.Row] {
    let reason = binding.reasonDisabled(in: scene.state)
    let help = reason.map { "\(binding.help) (now: \($0))" } ?? binding.help
    let command = width >= Self.commandsFrom && !binding.keys.isEmpty ? binding.commandLine : ""
    let room = width - indent - (command.isEmpty ? 0 : command.count + 2)
    let lines = TextWrap.lines(help, width: room)
    let keys = TextWidth.cut(keys(of: binding), to: indent - 3)
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

  /// What the signs of the states mean.
  private var legend: [DetailLayout.Row] {
    [DetailLayout.Row(), heading("States")]
      + HealthState.allCases.map { state in
        let mark = StateMark(state)
        let sign = Phrase("\(mark.sign(scene.marks)) \(mark.word)", mark.role)
        let gap = Phrase(String(repeating: " ", count: 6 - mark.word.count), .text)
        let phrases = [sign, gap, Phrase(Self.meaning(of: state), .text)]
        return DetailLayout.Row(indent: 2, phrases: phrases)
      }
  }

  private static func meaning(of state: HealthState) -> String {
    switch state {
    case .blocked: "can't send: the provider says BLOCKED"
    case .critical: "critical by a signal, such as status BANNED"
    case .limited: "sends within limits: the provider says LIMITED"
    case .warning: "a warning by a signal, such as quality RED"
    case .unknown: "asked, and there was no usable answer"
    case .stale: "nothing came for three intervals: what is shown is old"
    case .available: "a fresh answer, and no fault reported"
    }
  }

  private func heading(_ text: String) -> DetailLayout.Row {
    DetailLayout.Row(phrases: [Phrase(text, .textStrong)])
  }
}
