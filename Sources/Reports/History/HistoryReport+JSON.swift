import Health
import History
import Monitor

/// The JSON is a promise, as that of `check`: keys are always there and in this order, and what is not
/// known is `null`.
extension HistoryReport {
  package var json: String {
    var writer = JSONWriter()
    var clock = ReportClock()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generated_at", clock.timestamp(generatedAt))
      writer.member("since", clock.timestamp(window.lowerBound))
      writer.member("until", clock.timestamp(window.upperBound))
      writer.member("by", grouping.rawValue)
      writer.list("transitions", of: changes) { writer, change in
        change.write(to: &writer, &clock)
      }
      writer.list("incidents", of: incidents) { writer, incident in
        incident.write(to: &writer, &clock)
      }
      writer.list("figures", of: figures) { writer, figure in figure.write(to: &writer) }
    }
    return writer.finish()
  }
}

extension HistoryChange {
  /// The state or the word before and after.
  var states: (from: String?, to: String?) {
    switch transition.event {
    case .state(_, let to): (former?.word, to.word)
    case .word(let from, let to): (from, to)
    default: (nil, nil)
    }
  }

  /// The id of a number, an entity or a template.
  var target: String? {
    switch transition.subject {
    case .number(let id): id.target
    case .entity(let reference): reference.id
    case .template(_, let id): id
    case .account, .cause, .program: nil
    }
  }

  /// Of a number, if it was known then.
  var e164: String? {
    if case .number = transition.subject { transition.names.e164 } else { nil }
  }

  /// What changed.
  var subject: String {
    switch transition.subject {
    case .number: "number"
    case .entity: "entity"
    case .account: "account"
    case .template: "template"
    case .cause: "cause"
    case .program: "program"
    }
  }

  fileprivate func write(to writer: inout JSONWriter, _ clock: inout ReportClock) {
    writer.object { writer in writeMembers(to: &writer, &clock) }
  }

  func writeMembers(to writer: inout JSONWriter, _ clock: inout ReportClock) {
    writer.member("at", clock.timestamp(transition.date))
    writer.member("kind", transition.kind.rawValue)
    writer.member("subject", subject)
    writer.member("account", transition.subject.account)
    writer.member("target", target)
    writer.member("number", transition.names.text)
    writer.member("e164", e164)
    writer.member("name", transition.names.detail)
    writer.member("from", states.from)
    writer.member("to", states.to)
    writer.member("text", HistoryWords.text(of: self, isASCII: true))
    writer.member("reason", transition.reason)
    writer.member("words", HistoryWords.reason(of: self))
    writer.member("author", author)
    writer.member("comment", comment)
    write(transition.difference, to: &writer)
  }

  /// What the answers before and after it say otherwise.
  private func write(_ difference: AnswerDifference?, to writer: inout JSONWriter) {
    guard let difference else { return writer.member("difference", nil as String?) }
    writer.object("difference") { writer in
      writer.list("lines", of: difference.lines) { writer, line in
        writer.object { writer in
          writer.member("of", line.subject)
          writer.member("field", line.field)
          writer.member("from", line.before)
          writer.member("to", line.after)
        }
      }
      writer.member("more", difference.omittedCount)
    }
  }

  /// Who said it: of acknowledgements, mutes and comments.
  var author: String? {
    switch transition.event {
    case .acknowledged(let author, _), .muted(let author, _, _), .commented(let author, _): author
    default: nil
    }
  }

  /// What they said of it, or why it ended.
  var comment: String? {
    switch transition.event {
    case .acknowledged(_, let comment), .muted(_, _, let comment), .commented(_, let comment):
      comment.isEmpty ? nil : comment
    case .unacknowledged(let why): why
    case .unmuted(_, let why): why
    default: nil
    }
  }
}

extension JSONWriter {
  mutating func member(_ name: String, _ reason: Change.Reason?) {
    object(name) { writer in
      writer.member("key", reason?.key)
      writer.member("summary", reason?.summary)
      writer.member("code", reason?.code)
      writer.member("text", reason?.text)
    }
  }
}

extension HistoryFigure {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("account", account)
      writer.member("target", target)
      writer.member("waba", waba)
      writer.member("number", target == nil ? nil : names.text)
      writer.member("e164", target == nil ? nil : names.e164)
      writer.member("name", names.detail)
      writer.member("label", label)
      writer.member("numbers", count)
      writer.member("window_seconds", length.wholeSeconds)
      writer.member("known_seconds", times.known.wholeSeconds)
      writer.object("seconds") { writer in
        for state in HealthState.allCases {
          writer.member(state.word.lowercased(), times[state].wholeSeconds)
        }
      }
      writer.member("known_percent", knownShare.percent)
      writer.member("available_percent", share(of: .available)?.percent)
      writer.member("limited_percent", share(of: .limited)?.percent)
    }
  }
}

extension Duration {
  var wholeSeconds: Int { Int((self / .seconds(1)).rounded()) }
}

extension Double {
  /// With three digits, rounded down.
  var percent: Double { (self * 100_000 + 1e-6).rounded(.down) / 1000 }
}

extension Names {
  /// A number is remembered with its plus, but where nobody said it there is its target.
  var e164: String? { text.hasPrefix("+") ? NumberRecord.e164(text) : nil }
}
