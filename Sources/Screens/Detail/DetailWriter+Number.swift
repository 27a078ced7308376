import Health
import Monitor

// The number itself: state, causes, facts, checks, polls.
extension DetailWriter {
  func number(_ entity: HealthEntity?) -> [DetailSection] {
    // What to do comes before the facts.
    why + [summary]
      + (entity.map { entitySections($0, heading: "the number's own health") } ?? [])
      + [facts, checks, poll]
  }

  var summary: DetailSection {
    let assessment = record.assessment
    let since = record.sinceIsLowerBound ? "since at least" : "since"
    return DetailSection(
      nil,
      [
        DetailLine("state", .state(record.state, record.state.word)),
        DetailLine(since, .moment(record.stateSince)),
        record.flappingPercent.map {
          DetailLine("flapping", .text("\($0)% of the last polls changed the state"))
        },
        progress.map { DetailLine("confirmed", .text($0.sentence)) },
        fleet.isRemembered
          ? nil : DetailLine("verdict", .text(assessment.verdict.word.rawValue)),
        assessment.verdict.note.map { DetailLine(nil, .text($0), .note) },
        lastReportOf(.health),
        record.report?.providerVerdict.map { DetailLine("provider says", .text($0)) },
        assessment.calling.map { calling("calling", HealthState(calling: $0), $0.rawValue) },
      ].compactMap(\.self) + age
    )
  }

  /// Red only if the account uses calls.
  func calling(_ name: String, _ state: HealthState, _ text: String) -> DetailLine {
    let account = fleet.condition(of: record.number.account)?.account
    let isExpected = account?.callingExpected == true
    return DetailLine(name, isExpected ? .state(state, text) : .text(text))
  }

  /// A section for each cause; the first has no heading of its own.
  var why: [DetailSection] {
    record.assessment.causes.enumerated().map { place, cause in
      DetailSection(place == 0 ? "why" : nil, lines(of: cause))
    }
  }

  var facts: DetailSection {
    let facts = record.report?.facts ?? PhoneNumberFacts()
    let fields: [(String, String?)] = [
      ("number", facts.displayNumber),
      ("verified name", facts.verifiedName),
      ("label", record.number.label),
      ("id", record.report?.phoneNumberID),
      ("asked for", record.number.target),
      ("account", record.number.account),
      ("provider", record.number.provider),
      ("throughput", facts.throughput),
    ]
    let signals = NumberSignal.all.flatMap { signal in
      [
        signal.value(facts).map { self.signal(signal.name, $0.word, $0.severity) },
        lastReportOf(signal.part),
      ]
    }
    let texts = fields.compactMap { name, value in
      value.map { DetailLine(name, .text($0)) }
    }
    return DetailSection("facts", texts + signals.compactMap(\.self) + lines(of: facts.others))
  }

  /// The age of a part that the last answer omitted.
  func lastReportOf(_ part: ReportPart) -> DetailLine? {
    record.lastReported(part).map { DetailLine("last reported", .moment($0), .note) }
  }

  /// Coloured only if it makes the number bad.
  private func signal(_ name: String, _ text: String, _ severity: Severity) -> DetailLine {
    switch severity {
    case .critical: DetailLine(name, .state(.critical, text))
    case .warning: DetailLine(name, .state(.warning, text))
    case .ok, .unknown: DetailLine(name, .text(text))
    }
  }

  private var checks: DetailSection {
    let checks = record.report?.checks ?? []
    return DetailSection(
      "provider's checks",
      checks.flatMap { check in
        [DetailLine(check.name, .state(check.state, check.outcome))]
          + (check.message.map { [DetailLine(nil, .text($0), .words)] } ?? [])
          + [lastReportOf(.check(check.name))].compactMap(\.self)
      }
    )
  }

  func lines(of check: ProviderCheck, state: HealthState) -> [DetailLine] {
    [DetailLine("outcome", .state(state, check.outcome))]
      + (check.message.map { [DetailLine(nil, .text($0), .words)] } ?? [])
      + lines(of: check.details) + age
  }
}

// Polls: the last result, and what is still known from before.
extension DetailWriter {
  var poll: DetailSection {
    if fleet.isRemembered {
      let words = "Of an answer the state, its first reason and the names are remembered."
      return DetailSection("the past", [DetailLine(nil, .text(words), .note)])
    }
    guard let latest = record.latest else {
      return DetailSection("poll", [DetailLine(nil, .text("not polled yet"), .note)])
    }
    let condition = fleet.condition(of: record.number.account)
    return DetailSection(
      "poll",
      [
        DetailLine("outcome", .text(latest.outcome.phrase)),
        DetailLine("received", .moment(latest.moment)),
        latest.httpStatus.map { DetailLine("HTTP status", .text(String($0))) },
        latest.latency.map { DetailLine("latency", .text("\($0.milliseconds) ms")) },
        latest.message.map { DetailLine(nil, .text($0), .words) },
        lastGood(before: latest),
        record.report?.providerTime.map {
          DetailLine("provider's time", .text($0.text))
        },
        condition.map { DetailLine("every", .text(Age($0.effectiveRefresh).text)) },
      ].compactMap(\.self)
    )
  }

  private func lastGood(before latest: Reading) -> DetailLine? {
    guard let good = record.lastGood, good.moment != latest.moment else { return nil }
    return DetailLine("last good", .moment(good.moment))
  }

  func failure(_ error: ProviderError) -> DetailSection {
    let condition = fleet.condition(of: record.number.account)
    let waiting =
      error.waitingHelps
      ? "It is asked again by itself." : "Waiting does not help: it needs a person."
    let said: [DetailLine?] = [
      DetailLine("outcome", .text(PollOutcome(error.kind).phrase)),
      DetailLine(nil, .text(error.message), .words),
      error.code.map { DetailLine("code", .text($0.text)) },
      error.httpStatus.map { DetailLine("HTTP status", .text(String($0))) },
    ]
    let ours: [DetailLine?] = [
      error.knowledge.map { DetailLine(nil, .text($0.meaning), .meaning) },
      error.knowledge.map { DetailLine("fix", .text($0.remedy), .remedy) },
      error.whoActs.map { DetailLine("who acts", .text($0.phrase), .remedy) },
      DetailLine(nil, .text(waiting), .meaning),
      condition?.failingSince.map { DetailLine("failing since", .moment($0)) },
    ]
    return DetailSection(nil, (said + ours).compactMap(\.self))
  }
}

extension ProviderCheck {
  fileprivate var outcome: String {
    passed.map { $0 ? "passed" : "failed" } ?? "not reported"
  }
}
