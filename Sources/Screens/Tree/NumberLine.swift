import Canvas
import Health
import Monitor

/// The title of a number's tree: its state, age, name, and the data's age.
struct NumberLine {
  let context: DrawContext

  private var marks: Marks { context.marks }

  func draw(on canvas: inout Canvas) {
    guard let record = context.state.treeNumber.flatMap({ context.state.fleet[$0] }) else { return }
    let end = canvas.width - 1
    let state = state(record)
    // The age of the data is shown at any width, so the rest is shortened for it.
    for left in [
      state + note(record) + name(record) + source(record), state + note(record) + name(record),
      state + note(record), state,
    ] {
      for right in checked(record) where left.cells + 3 + TextWidth.cells(of: right) <= end {
        canvas.put(left, row: 0, column: 1, width: end)
        canvas.put([Phrase(right, .textMuted)], row: 0, endingAt: end, after: 0)
        return
      }
    }
    canvas.put(state, row: 0, column: 1, width: end)
  }

  private func state(_ record: NumberRecord) -> [Phrase] {
    let mark = StateMark(record.state)
    let since = context.state.shell.timeFormat == .age ? "for" : "since"
    let time = record.latest == nil ? "" : " \(since) \(context.since(record))"
    return [Phrase("\(mark.sign(marks)) \(mark.phrase)", mark.role), Phrase(time, .text)]
  }

  /// What operators said.
  private func note(_ record: NumberRecord) -> [Phrase] {
    guard let note = NoteMark(record.marks) else { return [] }
    return [Phrase("  \(note.word)", note.role)]
  }

  private func name(_ record: NumberRecord) -> [Phrase] {
    let name = (record.number.label ?? record.name)?.sanitized ?? ""
    return [Phrase(name.isEmpty ? "" : "  \(name)", .textStrong)]
  }

  private func source(_ record: NumberRecord) -> [Phrase] {
    let account = record.number.account.sanitized
    let provider = record.number.provider.sanitized
    let names = account == provider ? provider : "\(provider)\(marks.separator)\(account)"
    return [Phrase("  \(names)", .textMuted)]
  }

  /// The longest first.
  private func checked(_ record: NumberRecord) -> [String] {
    guard !context.state.isInPast else { return ["as remembered"] }
    guard let latest = record.latest else { return ["not polled yet"] }
    let age = context.time(latest.moment)
    let suffix = context.state.shell.timeFormat == .age ? " ago" : ""
    guard latest.failure != nil else { return ["checked \(age)\(suffix)", "\(age)\(suffix)"] }
    guard let good = record.lastGood else { return ["poll failed \(age)\(suffix)", "poll failed"] }
    let last = "last answer \(context.time(good.moment))\(suffix)"
    return [
      "poll failed \(age)\(suffix)\(marks.separator)\(last)", last,
      "good \(context.time(good.moment))",
    ]
  }
}
