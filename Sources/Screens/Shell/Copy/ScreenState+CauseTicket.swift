import Health
import Monitor

// The ticket of a cause.
extension ScreenState {
  /// The ticket about the cause under the cursor.
  var causeTicket: CopiedText? {
    guard let cause = selectedCause else { return nil }
    if case .account(let name, _) = cause.id, let line = accountLine(named: name) {
      return line.ticket(at: asOf)
    }
    guard !cause.id.isPolling, !cause.isOfTemplates else { return adviceToCopy(cause) }
    let records = causeIndex.crowd(of: cause.id).places.map { fleet.records[$0] }
    let subject = subject(of: cause, records)
    let ticket = TicketText(of: cause, subject: subject, records: records, now: asOf)
    let what = subject ?? cause.cause?.shortName ?? fleet.title(of: cause.id)
    return .ticket(for: what, text: ticket.text)
  }

  /// The entity, or the only number; nil for a signal of several numbers.
  private func subject(of cause: RankedCause, _ records: [NumberRecord]) -> String? {
    if case .entity(let reference) = cause.id, reference.type != .phoneNumber {
      let word = reference.type.word
      let name = fleet.facts(of: reference)?.name ?? ""
      return name.isEmpty ? "\(word) \(reference.id)" : "\(word) \(name) (\(reference.id))"
    }
    // People know the number, not its id.
    return records.count == 1 ? records.first?.title : nil
  }

  private func adviceToCopy(_ cause: RankedCause) -> CopiedText {
    let advice = Advice(of: cause.id)
    let title = fleet.title(of: cause.id)
    let lines: [String?] = [
      [cause.trouble, title].compactMap(\.self).joined(separator: ": "),
      cause.failure?.message, advice.meaning, advice.remedy.map { "Fix: \($0)" },
      advice.whoActs.map { "Who acts: \($0.phrase)" },
    ]
    let text = lines.compactMap(\.self).map(\.printable).joined(separator: "\n")
    return .ticket(for: title, text: text)
  }
}
