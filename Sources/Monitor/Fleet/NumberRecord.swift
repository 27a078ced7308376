package import Health

/// A number of the fleet: its latest and its last good reading, and its current assessment.
package struct NumberRecord: Identifiable, Sendable {
  package private(set) var number: PhoneNumber
  /// The last poll's outcome, good or not; nil before the first.
  package private(set) var latest: Reading?
  /// The last reading with information about the number.
  ///
  /// A failed poll never removes it; it only gets older.
  package private(set) var lastGood: Reading?
  /// The last reading with any content, even if only a name.
  private var lastAnswer: Reading?
  /// What that reading omitted; nil if nothing, which is nearly always.
  private var omittedParts: Shared<OmittedParts>?
  /// The assessment of what is shown: the last good reading while it is valid, otherwise the
  /// failure.
  package private(set) var assessment = Assessment.awaiting
  package private(set) var state = HealthState.unknown
  package private(set) var previousState: HealthState?
  package private(set) var stateSince: Moment
  /// Whether the state may be older, because it was there at the first reading of this run.
  package private(set) var sinceIsLowerBound = true
  package private(set) var hours = HourStrip()
  /// What operators said about it.
  package internal(set) var marks: OperatorMarks = []
  package private(set) var polls = PollStates()
  /// Whether the last answer is still to be recorded among the polls.
  private var hasNewAnswer = false
  /// The outcome of the poll for which `assessment` was made.
  private(set) var assessedOutcome: PollOutcome?
  private var goodAssessment: Assessment?
  private var callingExpected = false
  /// Whether the last good reading is no longer valid: then the number is shown as old.
  package private(set) var isOld = false
  /// What was told of it before this run polled it; nil after its first poll.
  private(set) var told: ToldState?
  /// Whether all that is known of it is from before this run.
  private var isRestored = false

  package init(number: PhoneNumber, at moment: Moment) {
    self.number = number
    stateSince = moment
  }

  /// A number of the past: nothing is read any more, so nothing ages.
  init(_ remembered: PastNumber, at moment: Moment) {
    number = remembered.number
    state = remembered.state ?? .unknown
    stateSince = remembered.since
    previousState = remembered.formerState
    sinceIsLowerBound = remembered.formerState == nil
    assessment = remembered.assessment
    let report = remembered.report
    lastAnswer = Reading(number: number, moment: moment, result: .success(report))
    guard let known = remembered.state else { return }
    isOld = known == .stale
    // What is not known any more was known before that.
    let isGood = known.isProblem || known == .available
    lastGood =
      isGood
      ? lastAnswer : Reading(number: number, moment: remembered.since, result: .success(report))
    latest = remembered.failure.map {
      Reading(number: number, moment: moment, result: .failure($0))
    }
    latest = latest ?? lastAnswer
    assessedOutcome = latest?.outcome
  }

  package var id: PhoneNumber.ID { number.id }

  /// The state by the last good reading, however old it is.
  package var lastKnownState: HealthState? { goodAssessment?.state }

  /// The causes in the last good reading, however old it is.
  var lastKnownCauses: [CauseID] { goodAssessment?.causes.map(id(of:)) ?? [] }

  /// The last report, however old: `state` says whether it is still valid.
  ///
  /// With what the last answer left out, for as long as that counts.
  package var report: HealthReport? {
    isOld ? lastGood?.report : omittedParts?.value.report ?? lastAnswer?.report
  }

  /// The last report without added parts.
  var ownReport: HealthReport? { lastAnswer?.report }

  /// When a part that the last good answer omitted was last reported; nil if it was reported.
  package func lastReported(_ part: ReportPart) -> Moment? { omittedParts?.value.reportedAt[part] }

  /// The time of the health that is shown.
  package var healthMoment: Moment? { lastReported(.health) ?? lastGood?.moment }

  /// Why the last poll failed; nil if it did not.
  package var failure: ProviderError? { latest?.failure }

  /// What its state is by: a failed poll counts only where nothing is known for it.
  var knownAnswer: KnownAnswer { KnownAnswer(report, failure: state.isLost ? failure : nil) }

  package var name: String? { report?.facts.verifiedName }

  /// For lists: `+447700900131`, or the target if the number is unknown.
  package var displayNumber: String {
    report?.facts.displayNumber.map(Self.compact) ?? number.target ?? number.account
  }

  /// Numbers arrive in many formats, or masked: only blanks and punctuation are removed.
  package static func compact(_ text: String) -> String {
    if let figures = figures(of: text) { return figures }
    let kept = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !isPunctuation($0) })
    )
    let isDigits = !kept.isEmpty && kept.utf8.allSatisfy { (48...57).contains($0) }
    return isDigits ? "+" + kept : kept
  }

  /// The compact form of a number that is all digits and ASCII punctuation, as nearly all are.
  private static func figures(of text: String) -> String? {
    var hasPlus = false
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "+") where !hasPlus && digits == 0: hasPlus = true
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: "."):
        break
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    return String(unsafeUninitializedCapacity: digits + 1) { buffer in
      buffer[0] = UInt8(ascii: "+")
      var count = 1
      for byte in text.utf8 where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
        buffer[count] = byte
        count += 1
      }
      return count
    }
  }

  /// Digits are tested first, since rows call this all the time and a number is nearly all digits.
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "+": false
    case " ", "-", "(", ")", ".": true
    default: scalar.properties.isWhitespace
    }
  }
}

extension NumberRecord {
  /// Adopts the number as configured now, such as a new label; returns whether it changed.
  mutating func adopt(_ number: PhoneNumber) -> Bool {
    guard number != self.number, number.id == id else { return false }
    self.number = number
    return true
  }

  /// Whether it has the same report as an earlier record of the number, equally valid, and the same
  /// place in lists.
  func repeats(_ former: Self) -> Bool {
    guard isOld == former.isOld, polls.worst == former.polls.worst else { return false }
    guard let report else { return former.report == nil }
    return report.isSharing(former.report)
  }

  /// Stores a reading, without its bytes, and its assessment.
  ///
  /// - Parameters:
  ///   - reading: The reading as it came.
  ///   - assessed: The assessment of the reading alone.
  ///   - callingExpected: Whether the account uses calls.
  ///   - window: How long omitted parts stay valid: three intervals.
  mutating func receive(
    _ reading: Reading,
    assessed: Assessment,
    callingExpected: Bool,
    window: Duration
  ) {
    self.callingExpected = callingExpected
    latest = reading
    isRestored = false
    guard let report = reading.report else { return }
    hasNewAnswer = true
    let kept = left(outBy: report, of: reading, window)
    let assessed = kept.map(assessment(of:)) ?? assessed
    lastAnswer = reading
    omittedParts = kept.map(Shared.init)
    // A reading without information of its own can still end a fault.
    let isCounting = lastGood.map { reading.moment - $0.moment <= window } ?? false
    guard isCounting || assessed.hasInformation else { return }
    lastGood = reading
    isOld = false
    // Usually equal: keeping the old value keeps its memory shared.
    if assessed != goodAssessment { goodAssessment = assessed }
  }

  /// Adopts what was known of the number before this run.
  mutating func restore(
    _ remembered: RememberedNumber,
    callingExpected: Bool,
    window: Duration,
    entityCauses: (HealthReport?, Moment) -> [Cause]
  ) {
    for reading in [remembered.lastGood, remembered.latest].compactMap(\.self) {
      receive(
        reading,
        assessed: Assessment(of: reading, callingExpected: callingExpected),
        callingExpected: callingExpected,
        window: window
      )
    }
    isRestored = true
    if let known = remembered.polls { (polls, hasNewAnswer) = (known, false) }
    let moment = remembered.latest.moment
    told =
      remembered.told
      ?? ToldState(
        state: judgement(at: moment, window: window, false, entityCauses).0,
        since: moment,
        sinceIsLowerBound: true
      )
  }

  /// When the valid report came.
  var reportMoment: Moment { (lastGood ?? latest)?.moment ?? stateSince }

  /// The known parts that the answer omits; nil if it omits nothing.
  private func left(
    outBy report: HealthReport,
    of reading: Reading,
    _ window: Duration
  ) -> OmittedParts? {
    guard let lastAnswer, let known = lastAnswer.report else { return nil }
    // A fast path: nearly every answer equals the one before.
    if omittedParts == nil, report.isSharing(known) { return nil }
    var kept = omittedParts?.value ?? OmittedParts(of: known)
    kept.receive(report, after: lastAnswer.moment)
    forget(in: &kept, told: report, at: reading.moment, window)
    return kept.isEmpty ? nil : kept
  }

  /// The assessment of the report with its omitted parts, and of what became unknown.
  private func assessment(of kept: OmittedParts) -> Assessment {
    Assessment(of: kept.report, callingExpected: callingExpected).adding(kept.lostCauses)
  }

  /// Returns whether anything has become unknown.
  @discardableResult
  private func forget(
    in kept: inout OmittedParts,
    told: HealthReport,
    at now: Moment,
    _ window: Duration
  ) -> Bool {
    kept.advance(to: now, window, told: told) {
      Assessment(of: $0, callingExpected: callingExpected)
    }
  }

  private mutating func forgetUntold(at now: Moment, _ window: Duration) {
    guard var kept = omittedParts?.value, let told = lastAnswer?.report,
      forget(in: &kept, told: told, at: now, window)
    else { return }
    if lastGood?.moment == lastAnswer?.moment { goodAssessment = assessment(of: kept) }
    omittedParts = kept.isEmpty ? nil : Shared(kept)
  }

  /// Decides what to show at a moment (product.md, "UNKNOWN or STALE").
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - window: How long a reading counts: three intervals.
  ///   - isRefused: Whether the whole account has answers without health. It is polled less often
  ///     then, so the last answer stays the reason.
  ///   - flapping: When it flaps.
  ///   - entityCauses: The causes that a report's WABA, business and app have of their own.
  /// - Returns: Whether the state or its reason changed.
  mutating func reconcile(
    at now: Moment,
    window: Duration,
    isRefused: Bool = false,
    flapping: FlappingRules = FlappingRules(),
    entityCauses: (HealthReport?, Moment) -> [Cause] = { _, _ in [] }
  ) -> Bool {
    forgetUntold(at: now, window)
    let (state, assessment) = judgement(at: now, window: window, isRefused, entityCauses)
    defer {
      if latest != nil, !isRestored { hours.note(state, at: now.date) }
      if hasNewAnswer, !state.isLost { polls.note(state, flapping) }
      hasNewAnswer = false
    }
    if let told { return adopt(state, assessment, after: told, at: now, window) }
    guard state != self.state || assessment != self.assessment else { return false }
    let isFirst = latest != nil && assessedOutcome == nil
    if state != self.state || isFirst {
      previousState = isFirst ? nil : self.state
      stateSince = latest.map { isFirst ? $0.moment : now } ?? now
      sinceIsLowerBound = isFirst
    }
    self.state = state
    self.assessment = assessment
    assessedOutcome = latest?.outcome
    return true
  }

  /// Goes on from what was told before this run: the same state is no new one.
  private mutating func adopt(
    _ state: HealthState,
    _ assessment: Assessment,
    after told: ToldState,
    at now: Moment,
    _ window: Duration
  ) -> Bool {
    let isChanged = state != self.state || assessment != self.assessment
    if state == told.state {
      (stateSince, sinceIsLowerBound) = (told.since, told.sinceIsLowerBound)
      previousState = told.former
    } else if isChanged || !isRestored {
      let end = lastGood.map { $0.moment + window }
      (stateSince, sinceIsLowerBound) = (isRestored ? min(end ?? now, now) : now, false)
      previousState = told.state
    }
    if !isRestored { self.told = nil }
    self.state = state
    self.assessment = assessment
    assessedOutcome = latest?.outcome
    return isChanged || !isRestored
  }

  private mutating func judgement(
    at now: Moment,
    window: Duration,
    _ isRefused: Bool,
    _ surroundingCauses: (HealthReport?, Moment) -> [Cause]
  ) -> (HealthState, Assessment) {
    isOld = lastGood.map { now - $0.moment > window } ?? false
    // The valid report decides which entities the number depends on.
    let entityCauses = surroundingCauses(report, reportMoment)
    guard let latest else { return (.unknown, .awaiting) }
    if lastGood != nil, !isOld, let goodAssessment {
      let whole = goodAssessment.adding(entityCauses)
      return (whole.state, whole)
    }
    let failure = latest.failure
    let assessment = failure.map(Assessment.init(of:)) ?? goodAssessment ?? Assessment(of: latest)
    let isLatestOld = now - latest.moment > window
    // The answer has no health, but the facts of its WABA still count.
    if failure == nil, !isLatestOld, !entityCauses.isEmpty {
      let whole = Assessment(of: latest).adding(entityCauses)
      return (whole.state, whole)
    }
    let isSilent =
      isLatestOld && !(isRefused && failure != nil) || failure?.wasAnswered == false
    return (isSilent && lastGood != nil ? .stale : .unknown, assessment)
  }

  /// When `reconcile` would next have another result without a reading; nil if never.
  func nextAgeing(after now: Moment, window: Duration) -> Moment? {
    ([lastGood, latest].map { $0.map { $0.moment + window } }
      + [omittedParts?.value.nextAgeing(window)])
      .compactMap(\.self)
      .filter { $0 >= now }
      .min()
  }
}

extension Assessment {
  fileprivate init(of latest: Reading) { self.init(of: latest, callingExpected: false) }

  /// Whether it has health or a signal: an answer without either counts as none.
  fileprivate var hasInformation: Bool { verdict.word != .unknown || severity > .unknown }
}
