package import Health
package import Monitor

/// The text of a ticket: the reason, number, name, cause, code, meaning, fix, who acts, link, the provider's
/// words, the start, and the age of the data.
package struct TicketText: Hashable, Sendable {
  package private(set) var lines: [String] = []

  /// The text, which is safe to paste.
  package var text: String { lines.map(\.printable).joined(separator: "\n") }

  /// A ticket about a number and the causes of its state.
  package init(of record: NumberRecord, now: Moment) {
    let why = record.assessment.causes.first?.shortName
    let bound = record.sinceIsLowerBound ? "at least " : ""
    let state = "\(record.state.word), since \(bound)\(time(record.stateSince, now))"
    lines.append([why, record.title, state].compactMap(\.self).joined(separator: ": "))
    add("Account", "\(record.number.account) (\(record.number.provider))")
    add("Id", record.report?.phoneNumberID)
    for cause in record.assessment.causes { add(cause, in: record) }
    if record.assessment.causes.isEmpty { lines.append("No fault reported.") }
    add("Last answer", (record.lastGood?.moment).map { time($0, now) })
  }

  /// A ticket about a cause that several numbers share.
  ///
  /// - Parameters:
  ///   - cause: The cause.
  ///   - subject: The entity; nil for a signal.
  ///   - records: The numbers that it hits; the first one has the ids for the link.
  ///   - now: What ages are counted to.
  package init(of cause: RankedCause, subject: String?, records: [NumberRecord], now: Moment) {
    guard let first = records.first, let words = cause.cause, let since = cause.since else {
      return
    }
    let numbers = cause.hit == 1 ? "1 number" : "\(cause.hit) numbers"
    let why = words.shortName ?? (subject == nil ? words.kind.word : nil)
    let head = [why, subject].compactMap(\.self).joined(separator: ": ")
    let bound = cause.sinceIsLowerBound ? "at least " : ""
    lines.append("\(head), \(numbers), since \(bound)\(time(since, now))")
    let accounts = records.map { "\($0.number.account) (\($0.number.provider))" }.uniqued()
    add(accounts.count == 1 ? "Account" : "Accounts", accounts.joined(separator: ", "))
    add(words, in: first)
    for record in records.prefix(Self.mostNumbers) {
      add("Number", record.title)
    }
    let hidden = records.count - Self.mostNumbers
    if hidden > 0 { lines.append("… \(hidden) more") }
  }

  private static let mostNumbers = 20

  private mutating func add(_ cause: Cause, in record: NumberRecord) {
    let remedy = Remedy(of: cause, in: record)
    let code = cause.code.map { ", code \($0.text)" } ?? ""
    add("Cause", Self.subject(of: cause) + code)
    add("Meaning", remedy.meaning)
    add("Fix", remedy.remedy)
    add("Who acts", remedy.whoActs?.phrase)
    add("Link", remedy.link)
    add("Provider's words", cause.text)
    add("Provider's advice", solution(of: cause, in: record))
  }

  private mutating func add(_ label: String, _ value: String?) {
    if let value, !value.isEmpty { lines.append("\(label): \(value)") }
  }

  /// The provider's solution for the error of a cause.
  private func solution(of cause: Cause, in record: NumberRecord) -> String? {
    guard let code = cause.code else { return nil }
    let errors = record.report?.entities.filter { $0.id == cause.id }.flatMap(\.errors) ?? []
    return errors.first { $0.code == code }?.solution
  }

  private static func subject(of cause: Cause) -> String {
    [cause.kind.word, cause.id].compactMap(\.self).joined(separator: " ")
  }

  private func time(_ moment: Moment, _ now: Moment) -> String {
    "\(UTCTime(moment.date).text) (\(Age(now - moment).text))"
  }
}

extension NumberRecord {
  /// The number and its label or name.
  var title: String {
    [displayNumber, number.label ?? name].compactMap(\.self).joined(separator: " ")
  }
}

extension [String] {
  /// Without duplicates, in the order of first occurrence.
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
