import Dashboard
import Health
import Terminal

/// What changed last in this run, the newest first.
///
///     14:31:05  ● → ✘  Umbrella AU        APP 5512…0087 not subscribed
struct ChangesView {
  let scene: Scene
  let columns: Int

  private var marks: Marks { scene.marks }

  func draw(on canvas: inout Canvas) {
    let changes = scene.state.tileChanges.prefix(canvas.height * columns)
    let width = canvas.width / max(columns, 1)
    for (place, change) in changes.enumerated() {
      let column = place / canvas.height * width
      let line = Rect(row: place % canvas.height, column: column, width: width - 2, height: 1)
      canvas.within(line) { draw(change, on: &$0) }
    }
  }

  private func draw(_ change: BoardChange, on canvas: inout Canvas) {
    let clock = ClockTime(change.moment.date, isUTC: scene.saysUTC)
    let isToday = scene.now - change.moment < .seconds(12 * 3600)
    let time = isToday ? clock.time : "\(clock.short(at: scene.now.date))  "
    let (from, to) = (StateMark(change.from), StateMark(change.to))
    let used = canvas.put(
      [
        Phrase("\(time)  ", .textMuted), Phrase(from.sign(marks), from.rowRole),
        Phrase(" \(marks.arrow) ", .textMuted), Phrase(to.sign(marks), to.role),
      ],
      row: 0,
      column: 0,
      width: canvas.width
    )
    let left = canvas.width - used - 2
    guard left > 4 else { return }
    let why = why(change)
    let who = min(max(left * 2 / 5, 16), 32, left)
    canvas.put(self.who(change), row: 0, column: used + 2, role: .textStrong, width: who)
    let rest = left - who - 2
    guard rest >= 8, let why else { return }
    canvas.put(why.clause(in: rest), row: 0, column: used + who + 4, role: .text, width: rest)
  }

  /// One number by its name; several by what they have in common.
  private func who(_ change: BoardChange) -> String {
    let record = scene.state.fleet[change.number]
    guard change.count > 1 else {
      return record.map { $0.shownName ?? scene.number($0) } ?? "?"
    }
    let account = "\(change.number.account.sanitized) \(marks.times)\(change.count)"
    guard case .entity = change.cause, let words = words(change) else { return account }
    return words.subjects.first { $0.count <= Self.widestWho } ?? words.subjects.last ?? account
  }

  private static let widestWho = 28

  private func why(_ change: BoardChange) -> String? {
    switch change.to {
    case .available: return "no fault reported"
    case .stale: return "no answer"
    default: break
    }
    guard let key = change.cause else { return nil }
    let several = change.count > 1 ? " \(marks.arrow) \(change.count) numbers" : ""
    switch key {
    case .account(_, let outcome): return "poll: \(outcome.phrase)"
    case .signal(_, let text): return text.sanitized.clause(in: 40) + several
    case .entity(let reference):
      guard let words = words(change) else { return reference.type.word.sanitized }
      let subject = words.subjects.first { $0.count <= Self.widestWho } ?? words.subjects.last ?? ""
      let code = words.code ?? ""
      return change.count > 1 ? code + several : [subject, code].joined(separator: " ")
    }
  }

  /// While the cause is still one.
  private func words(_ change: BoardChange) -> CauseWords? {
    change.cause.flatMap { scene.state.fleet.incident($0) }
      .map { CauseWords(scene: scene, incident: $0) }
  }
}
