package import Health

// What is copied, as one would paste it into a ticket; and what is polled when asked to.
extension DashboardState {
  /// The number that `r` polls: the sibling under the cursor, the tree's number, the row's.
  var pollCandidate: PhoneNumber.ID? {
    if case .sibling(let id) = selectedNode?.subject { return id }
    return treeNumber ?? selectedRecord?.id
  }

  var identifierToCopy: String? {
    guard treeNumber != nil else { return selectedRecord?.displayNumber.printable }
    guard let node = selectedNode else { return nil }
    if case .template(let template, _) = node.subject { return template.id.printable }
    return (node.identifier ?? node.name)?.printable
  }

  var rowToCopy: String? {
    guard let record = pollCandidate.flatMap({ fleet[$0] }) else { return nil }
    var parts = ["\(record.displayNumber): \(record.state.word)"]
    if let name = record.number.label ?? record.name { parts.append(name) }
    parts.append("\(record.number.provider), account \(record.number.account)")
    if let cause = record.assessment.causes.first {
      let names = [cause.kind.word, cause.id, cause.code?.text].compactMap(\.self)
      parts.append("\(names.joined(separator: " ")): \(cause.text)")
    }
    let bound = record.sinceIsLowerBound ? "at least " : ""
    parts.append("for \(bound)\(Age(now - record.stateSince).text)")
    return parts.joined(separator: " · ").printable
  }

  var remedyToCopy: String? {
    guard let record = pollCandidate.flatMap({ fleet[$0] }) else { return nil }
    let lines = record.assessment.causes.first.map { Remedy(of: $0, in: record).lines } ?? []
    return lines.map(\.printable).joined(separator: "\n")
  }
}

extension HealthState {
  /// The state in one word, as people and logs say it.
  package var word: String {
    switch self {
    case .blocked: "BLOCKED"
    case .critical: "CRITICAL"
    case .limited: "LIMITED"
    case .warning: "WARNING"
    case .unknown: "UNKNOWN"
    case .stale: "STALE"
    case .available: "AVAILABLE"
    }
  }
}

extension String {
  /// Without control characters and line ends: what is pasted must not run.
  fileprivate var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
      )
    )
  }
}
