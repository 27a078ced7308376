package import Health
import Monitor

// What is copied, as one would paste it into a ticket; and what is polled when asked to.
extension ScreenState {
  /// The one number that is chosen: the sibling under the cursor, the tree's number, the row's; nil
  /// where it is what many have in common.
  package var chosenNumber: PhoneNumber.ID? { pollCandidate }

  /// The number that `r` polls.
  var pollCandidate: PhoneNumber.ID? {
    switch route {
    case .causes: return chosenCauseNumber
    case .events: return chosenEventNumber
    case .inversion, .tree:
      if case .sibling(let id) = selectedNode?.subject { return id }
      return treeNumber
    case .list, .tiles: return selectedRecord?.id
    }
  }

  /// The number of a row, or of all marked ones; the id of a node.
  var identifierToCopy: CopiedText? {
    if route == .causes, let id = causeIdentifier {
      return CopiedText(what: id.printable, text: id.printable)
    }
    guard let node = selectedNode, isInTree else {
      return copied("numbers", one: "", text: \.displayNumber.printable)
    }
    let id: String? =
      if case .template(let template, _) = node.subject { template.id } else { node.identifier }
    return (id ?? node.name).map { CopiedText(what: $0.printable, text: $0.printable) }
  }

  var rowToCopy: CopiedText? {
    copied("rows", one: "the row of ") { row(of: $0).printable }
  }

  var remedyToCopy: CopiedText? {
    if route == .causes, let ticket = causeTicket { return ticket }
    return copied("remedies", one: "the remedy for ", separator: "\n\n") {
      TicketText(of: $0, now: now).text
    }
  }

  /// The marked ones in the list, else the one at hand.
  private var recordsToCopy: [NumberRecord] {
    if route == .list, !marks.isEmpty { return markedRecords }
    return [pollCandidate.flatMap { fleet[$0] }].compactMap(\.self)
  }

  private func copied(
    _ many: String,
    one: String,
    separator: String = "\n",
    text: (NumberRecord) -> String
  ) -> CopiedText? {
    let records = recordsToCopy
    guard let first = records.first else { return nil }
    return CopiedText(
      what: records.count == 1 ? one + first.displayNumber.printable : "\(records.count) \(many)",
      text: records.map(text).joined(separator: separator)
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
    parts.append("for \(bound)\(Age(now - record.stateSince).text)")
    return parts.joined(separator: " · ")
  }
}
