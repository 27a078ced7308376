import Health
import Monitor

extension AccountLine {
  /// What a ticket needs to know of an account: how it goes and since when, the fix and who acts, the last
  /// error in the provider's words.
  func ticket(at now: Moment) -> CopiedText {
    let condition = condition
    let since = failingSince.map { ", since \(Self.time($0, now))" } ?? ""
    let subject = "account \(name) (\(condition.account.provider))"
    var lines = ["\(standing.phrase): \(subject)\(since)", "Numbers: \(bad) bad of \(total)"]
    func add(_ label: String, _ value: String?) {
      if let value { lines.append("\(label): \(value)") }
    }
    let (rejected, keys) = (condition.budget.rejectedCount, condition.budget.credentialCount)
    if rejected > 0, keys > 1 { add("Keys", "\(rejected) of \(keys) keys rejected") }
    add("Meaning", advice?.meaning)
    add("Fix", advice?.remedy)
    add("Who acts", advice?.whoActs?.phrase)
    add("Link", advice?.link)
    if let last = condition.lastError {
      add("Last error", "\(Self.time(last.moment, now))\(last.details): \(last.error.message)")
    }
    add("Last success", condition.lastSuccess.map { Self.time($0, now) })
    let text = lines.map(\.printable).joined(separator: "\n")
    return .ticket(for: "account \(name)", text: text)
  }

  private static func time(_ moment: Moment, _ now: Moment) -> String {
    "\(UTCTime(moment.date).text) (\(Age(now - moment).text))"
  }
}

extension PollError {
  /// The status and the code of the answer, and what was asked.
  var details: String {
    let parts = [
      error.httpStatus.map { "HTTP \($0)" }, error.code.map { "code \($0.text)" },
      target.map { "at \($0)" },
    ]
    return parts.compactMap(\.self).map { ", \($0)" }.joined()
  }
}
