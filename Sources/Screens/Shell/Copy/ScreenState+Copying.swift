import Health
import Monitor

// The texts to copy, and the numbers to poll.
extension ScreenState {
  /// Whether actions apply to the marked numbers instead of the chosen one.
  var usesMarkedNumbers: Bool { room.usesMarks && !shell.marks.ids.isEmpty }

  /// The numbers for an action: the marked ones, otherwise the chosen one.
  var chosenRecords: [NumberRecord] {
    if usesMarkedNumbers { return markedRecords }
    return [room.chosenNumber(in: self).flatMap { fleet[$0] }].compactMap(\.self)
  }

  var numbersToCopy: CopiedText? { copied("numbers", one: "", text: \.displayNumber.printable) }

  var rowsToCopy: CopiedText? { copied("rows", one: "the row of ") { row(of: $0).printable } }

  var ticketsToCopy: CopiedText? {
    let records = chosenRecords
    let texts = records.map { TicketText(of: $0, now: asOf).text }
    guard let first = records.first else { return nil }
    let text = texts.joined(separator: "\n\n")
    return records.count == 1
      ? .ticket(for: first.title, text: text)
      : CopiedText(what: "\(records.count) tickets", text: text)
  }

  private func copied(
    _ many: String,
    one: String,
    text: (NumberRecord) -> String
  ) -> CopiedText? {
    let records = chosenRecords
    guard let first = records.first else { return nil }
    return CopiedText(
      what: records.count == 1 ? one + first.displayNumber.printable : "\(records.count) \(many)",
      text: records.map(text).joined(separator: "\n")
    )
  }

  private func row(of record: NumberRecord) -> String {
    var parts = ["\(record.displayNumber): \(record.state.word)"]
    if let name = record.number.label ?? record.name { parts.append(name) }
    parts.append("\(record.number.provider), account \(record.number.account)")
    if let cause = record.assessment.causes.first {
      let names = [cause.kind.word, cause.id, cause.code?.text].compactMap(\.self)
      parts.append("\(names.joined(separator: " ")): \(cause.text)")
    }
    let bound = record.sinceIsLowerBound ? "at least " : ""
    parts.append("for \(bound)\(Age(asOf - record.stateSince).text)")
    return parts.joined(separator: " · ")
  }
}

extension CopiedText {
  init(link: String) { self.init(what: "the link", text: link.printable) }
}

extension NumberRecord {
  /// The link of its first cause that has one.
  var link: String? {
    assessment.causes.lazy.compactMap { Remedy(of: $0, in: self).link }.first
  }
}
