import Canvas
import Health
import History
import Monitor

/// A change of a number: what the answer before it said, and what the one after it says.
///
///     +447700900011 Nordwind Orders
///     ● AVAILABLE → ✘ BLOCKED  14:02:10 UTC  payment failed 141006
///
///     WABA 102278789000000
///       can_send_message  AVAILABLE → BLOCKED
///     + error             141006: There is an error with the payment method.
struct DifferenceView {
  let context: DrawContext
  let page: DifferencePage

  private var marks: Marks { context.marks }
  private static let widestField = 24

  func rows(width: Int) -> [DetailLayout.Row] {
    guard let answer = context.state.answer(to: page) else {
      return [title, note("Looking up what the answers said …")]
    }
    guard let transition = answer.transition else {
      return [title] + paragraph("Nothing is remembered of this change.", width)
    }
    return [title, change(transition), DetailLayout.Row()] + lines(of: transition, width)
  }

  // MARK: The change

  private var title: DetailLayout.Row {
    let record = context.state.fleet[page.number]
    let name = (record?.number.label ?? record?.name)?.sanitized ?? ""
    let number = context.name(of: page.number)
    return DetailLayout.Row(phrases: [
      Phrase(number, .textStrong), Phrase(name.isEmpty ? "" : " \(name)", .textStrong),
    ])
  }

  private func change(_ transition: Transition) -> DetailLayout.Row {
    let from = transition.formerState.map { state in
      [Phrase("\(context.sign(state)) \(state.word)", .textMuted)]
    }
    let to = transition.state.map { state in
      [Phrase("\(context.sign(state)) \(state.word)", StateMark(state).role)]
    }
    let time = ClockTime(transition.date, isUTC: context.saysUTC)
    let isToday = time.day == ClockTime(context.now.date, isUTC: context.saysUTC).day
    let clock = isToday ? time.clock : time.long
    return DetailLayout.Row(
      phrases: (from ?? [Phrase(marks.none, .textMuted)])
        + [Phrase(" \(marks.arrow) ", .textMuted)] + (to ?? [])
        + [Phrase("  \(clock)", .textMuted)] + [reason(of: transition)]
    )
  }

  /// Of what is fine again, what made it bad.
  private func reason(of transition: Transition) -> Phrase {
    guard let reason = transition.reason, let cause = Cause(reason) else {
      return Phrase("", .text)
    }
    let name = cause.shortName ?? cause.text
    let words = [name, cause.code?.text].compactMap(\.self).joined(separator: " ")
    return Phrase("  \(words.sanitized)", .text)
  }

  // MARK: What the answers say otherwise

  private func lines(of transition: Transition, _ width: Int) -> [DetailLayout.Row] {
    guard transition.formerState != nil else {
      return paragraph("It was the first answer about the number.", width)
    }
    guard let difference = transition.difference else {
      return paragraph("What the answers said is not kept of this change.", width)
    }
    guard !difference.lines.isEmpty else {
      return paragraph(
        "Both answers about the number say the same: what it depends on has changed.",
        width
      )
    }
    let longest = difference.lines.map { TextWidth.cells(of: $0.field) }.max() ?? 0
    let fieldWidth = min(longest, Self.widestField, width / 3)
    var rows: [DetailLayout.Row] = []
    var subject: String?
    for (index, line) in difference.lines.enumerated() {
      if index == 0 || line.subject != subject {
        if index > 0 { rows.append(DetailLayout.Row()) }
        rows.append(heading(line.subject))
        subject = line.subject
      }
      rows += self.rows(of: line, fieldWidth, width)
    }
    if difference.omittedCount > 0 {
      rows.append(note("and \(difference.omittedCount) more"))
    }
    return rows
  }

  private func heading(_ subject: String?) -> DetailLayout.Row {
    DetailLayout.Row(phrases: [Phrase(subject?.sanitized ?? "the number", .textStrong)])
  }

  /// A field with both values, or with one and a sign.
  private func rows(
    of line: AnswerDifference.Line,
    _ fieldWidth: Int,
    _ width: Int
  ) -> [DetailLayout.Row] {
    let sign = line.before == nil ? "+" : line.after == nil ? "-" : " "
    let field = TextWidth.cut(line.field.sanitized, to: fieldWidth)
    let gap = String(repeating: " ", count: max(fieldWidth - TextWidth.cells(of: field), 0) + 2)
    let indent = 2 + fieldWidth + 2
    let values = [line.before, line.after].compactMap { $0?.sanitized }
    let text = values.joined(separator: " \(marks.arrow) ")
    let wrapped = TextWrap.lines(text, width: max(width - indent, 8))
    let role: Role = line.after == nil ? .textMuted : .text
    let head = [
      Phrase("\(sign) ", .accent), Phrase(field + gap, .textMuted),
      Phrase(wrapped.first ?? marks.none, role),
    ]
    return [DetailLayout.Row(phrases: head)]
      + wrapped.dropFirst().map { DetailLayout.Row(indent: indent, phrases: [Phrase($0, role)]) }
  }

  private func note(_ text: String) -> DetailLayout.Row {
    DetailLayout.Row(phrases: [Phrase(text, .textMuted)])
  }

  private func paragraph(_ text: String, _ width: Int) -> [DetailLayout.Row] {
    TextWrap.lines(text, width: width).map(note)
  }
}
