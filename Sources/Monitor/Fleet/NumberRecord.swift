package import Health

/// A number of the fleet: its latest and its last good reading, and what they amount to now.
package struct NumberRecord: Identifiable, Sendable {
  package private(set) var number: PhoneNumber
  /// The last poll's outcome, good or not; nil before the first.
  package private(set) var latest: Reading?
  /// The last one that told something about the number.
  ///
  /// A failed poll never erases it; it ages it.
  package private(set) var lastGood: Reading?
  /// The last that came with anything in it, if only names and numbers.
  private var lastAnswer: Reading?
  /// What that one left out; nil while it left out nothing, which is nearly always.
  private var remembered: Shared<Remembered>?
  /// Of what is shown now: the last good reading while it counts, else the failure.
  package private(set) var assessment = Assessment.awaiting
  package private(set) var state = HealthState.unknown
  package private(set) var previousState: HealthState?
  package private(set) var stateSince: Moment
  /// The state may be older: it was there at the first reading of this run.
  package private(set) var sinceIsLowerBound = true
  package private(set) var hours = HourStrip()
  /// The outcome of the poll that `assessment` was made at.
  private(set) var assessedOutcome: PollOutcome?
  private var goodAssessment: Assessment?
  private var callingExpected = false
  /// What is known of it no longer counts: shown as old, whatever it said.
  package private(set) var isOld = false

  package init(number: PhoneNumber, at moment: Moment) {
    self.number = number
    stateSince = moment
  }

  package var id: PhoneNumber.ID { number.id }

  /// What is known of the number, however old: `state` says how much it counts.
  ///
  /// With what the last answer left out, for as long as that counts.
  package var report: HealthReport? {
    isOld ? lastGood?.report : remembered?.value.report ?? lastAnswer?.report
  }

  /// The last report by itself.
  var toldReport: HealthReport? { lastAnswer?.report }

  /// When a part was last told that the last good answer left out; nil for what it told.
  package func lastTold(_ part: ReportPart) -> Moment? { remembered?.value.toldAt[part] }

  /// How old the health is that is shown.
  package var healthMoment: Moment? { lastTold(.health) ?? lastGood?.moment }

  /// Why the last poll brought nothing, while it did.
  package var failure: ProviderError? { latest?.failure }

  package var name: String? { report?.facts.verifiedName }

  /// For lists: `+447700900131`, or what was asked for while the number is not known.
  package var displayNumber: String {
    report?.facts.displayNumber.map(Self.compact) ?? number.target ?? number.account
  }

  /// Numbers arrive formatted in many ways, or masked: only blanks and punctuation are dropped.
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

  /// Rows ask for it all the time, and nearly all of a number is digits: those are decided first.
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "+": false
    case " ", "-", "(", ")", ".": true
    default: scalar.properties.isWhitespace
    }
  }
}

extension NumberRecord {
  /// Takes over what the configuration says now, such as another label; returns whether that is news.
  mutating func adopt(_ number: PhoneNumber) -> Bool {
    guard number != self.number, number.id == id else { return false }
    self.number = number
    return true
  }

  /// Keeps a reading that has come without its bytes, and what it amounts to.
  ///
  /// - Parameters:
  ///   - reading: With all that it says, and nothing that it leaves out.
  ///   - assessed: What that amounts to by itself.
  ///   - callingExpected: The account wants calls.
  ///   - window: How long what is left out counts: three intervals.
  mutating func receive(
    _ reading: Reading,
    assessed: Assessment,
    callingExpected: Bool,
    window: Duration
  ) {
    self.callingExpected = callingExpected
    latest = reading
    guard let report = reading.report else { return }
    let kept = left(outBy: report, of: reading, window)
    let assessed = kept.map(assessment(of:)) ?? assessed
    lastAnswer = reading
    remembered = kept.map(Shared.init)
    // What says nothing by itself still says that a fault is over which it was good for.
    let isCounting = lastGood.map { reading.moment - $0.moment <= window } ?? false
    guard isCounting || assessed.tellsSomething else { return }
    lastGood = reading
    isOld = false
    // Mostly the same as before, whose causes lie on the heap already.
    if assessed != goodAssessment { goodAssessment = assessed }
  }

  /// What is known and the answer leaves out; nil where it leaves out nothing.
  private func left(
    outBy report: HealthReport,
    of reading: Reading,
    _ window: Duration
  ) -> Remembered? {
    guard let lastAnswer, let known = lastAnswer.report else { return nil }
    // Nearly every answer says what the one before said.
    if remembered == nil, report.isSharing(known) { return nil }
    var kept = remembered?.value ?? Remembered(of: known)
    kept.receive(report, after: lastAnswer.moment)
    forget(in: &kept, told: report, at: reading.moment, window)
    return kept.isEmpty ? nil : kept
  }

  /// What is known amounts to, with what was left out, and what is unknown for that.
  private func assessment(of kept: Remembered) -> Assessment {
    Assessment(of: kept.report, callingExpected: callingExpected).adding(kept.lostCauses)
  }

  /// Returns whether anything has become unknown.
  @discardableResult
  private func forget(
    in kept: inout Remembered,
    told: HealthReport,
    at now: Moment,
    _ window: Duration
  ) -> Bool {
    kept.advance(to: now, window, told: told) {
      Assessment(of: $0, callingExpected: callingExpected)
    }
  }

  private mutating func forgetUntold(at now: Moment, _ window: Duration) {
    guard var kept = remembered?.value, let told = lastAnswer?.report,
      forget(in: &kept, told: told, at: now, window)
    else { return }
    if lastGood?.moment == lastAnswer?.moment { goodAssessment = assessment(of: kept) }
    remembered = kept.isEmpty ? nil : Shared(kept)
  }

  /// Decides what is shown at a moment (product.md, "UNKNOWN or STALE").
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - window: How long a reading counts: three intervals.
  ///   - isRefused: The account as a whole is answered, but without health, and asked more rarely for
  ///     that: what was answered last is still why nothing is known.
  ///   - surroundings: What the WABA, business and app that a report names say of themselves.
  /// - Returns: Whether the state or its reason changed.
  mutating func reconcile(
    at now: Moment,
    window: Duration,
    isRefused: Bool = false,
    surroundings: (HealthReport?) -> [Cause] = { _ in [] }
  ) -> Bool {
    forgetUntold(at: now, window)
    let (state, assessment) = judgement(at: now, window: window, isRefused, surroundings)
    defer { if latest != nil { hours.note(state, at: now.date) } }
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

  private mutating func judgement(
    at now: Moment,
    window: Duration,
    _ isRefused: Bool,
    _ surroundingCauses: (HealthReport?) -> [Cause]
  ) -> (HealthState, Assessment) {
    isOld = lastGood.map { now - $0.moment > window } ?? false
    // What it hangs on is known by what counts now.
    let surroundings = surroundingCauses(report)
    guard let latest else { return (.unknown, .awaiting) }
    if lastGood != nil, !isOld, let goodAssessment {
      let whole = goodAssessment.adding(surroundings)
      return (whole.state, whole)
    }
    let failure = latest.failure
    let assessment = failure.map(Assessment.init(of:)) ?? goodAssessment ?? Assessment(of: latest)
    let isLatestOld = now - latest.moment > window
    // Answered, only without health: what its account says of itself counts all the same.
    if failure == nil, !isLatestOld, !surroundings.isEmpty {
      let whole = Assessment(of: latest).adding(surroundings)
      return (whole.state, whole)
    }
    let isSilent =
      isLatestOld && !(isRefused && failure != nil) || failure?.wasAnswered == false
    return (isSilent && lastGood != nil ? .stale : .unknown, assessment)
  }

  /// When `reconcile` would next find something else, should no reading come; nil when never.
  func nextAgeing(after now: Moment, window: Duration) -> Moment? {
    ([lastGood, latest].map { $0.map { $0.moment + window } }
      + [remembered?.value.nextAgeing(window)])
      .compactMap(\.self)
      .filter { $0 >= now }
      .min()
  }
}

extension Assessment {
  fileprivate init(of latest: Reading) { self.init(of: latest, callingExpected: false) }

  /// Health, or a signal: an answer without either is as good as none.
  fileprivate var tellsSomething: Bool { verdict.word != .unknown || severity > .unknown }
}
