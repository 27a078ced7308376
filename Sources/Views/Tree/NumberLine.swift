import Dashboard
import Health
import Terminal

/// What the tree is of: the number's state, since when, its name, and how old that knowledge is.
struct NumberLine {
  let scene: Scene

  private var marks: Marks { scene.marks }

  func draw(on canvas: inout Canvas) {
    guard let record = scene.state.treeNumber.flatMap({ scene.state.fleet[$0] }) else { return }
    let left = state(record) + who(record)
    let end = canvas.width - 1
    let start = checked(record).reduce(end) { start, text in
      guard start == end else { return start }
      return canvas.put([Phrase(text, .textMuted)], row: 0, endingAt: end, after: left.cells + 3)
    }
    canvas.put(left, row: 0, column: 1, width: max(start - 2, 0))
  }

  private func state(_ record: NumberRecord) -> [Phrase] {
    let mark = StateMark(record.state)
    let since = scene.state.timeFormat == .age ? "for" : "since"
    let time = record.latest == nil ? "" : " \(since) \(scene.since(record))"
    return [Phrase("\(mark.sign(marks)) \(mark.phrase)", mark.role), Phrase(time, .text)]
  }

  private func who(_ record: NumberRecord) -> [Phrase] {
    let name = (record.number.label ?? record.name)?.sanitized ?? ""
    let account = record.number.account.sanitized
    let provider = record.number.provider.sanitized
    return [
      Phrase(name.isEmpty ? "" : "  \(name)", .textStrong),
      Phrase("  \(provider)", .textMuted),
      Phrase(account == provider ? "" : "\(marks.separator)\(account)", .textMuted),
    ]
  }

  /// The longest first.
  private func checked(_ record: NumberRecord) -> [String] {
    guard let latest = record.latest else { return ["not polled yet"] }
    let age = scene.time(latest.moment)
    let suffix = scene.state.timeFormat == .age ? " ago" : ""
    guard latest.failure != nil else { return ["checked \(age)\(suffix)"] }
    guard let good = record.lastGood else { return ["poll failed \(age)\(suffix)"] }
    let last = "last answer \(scene.time(good.moment))\(suffix)"
    return ["poll failed \(age)\(suffix)\(marks.separator)\(last)", last]
  }
}
