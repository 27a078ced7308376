/// A number of the fleet: its latest and its last good reading, and what they amount to now.
package struct NumberRecord: Identifiable, Sendable {
  package private(set) var number: PhoneNumber
  /// The last poll's outcome, good or not; nil before the first.
  package private(set) var latest: Reading?
  /// The last one that told something about the number.
  ///
  /// A failed poll never erases it; it ages it.
  package private(set) var lastGood: Reading?
  /// The last that came with anything in it, for what it says of names and numbers.
  private var lastReport: HealthReport?
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

  package init(number: PhoneNumber, at moment: Moment) {
    self.number = number
    stateSince = moment
  }

  package var id: PhoneNumber.ID { number.id }

  /// What is known of the number, however old: `state` says how much it counts.
  package var report: HealthReport? { lastGood?.report ?? lastReport }

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
  mutating func receive(_ reading: Reading, assessed: Assessment) {
    latest = reading
    guard let report = reading.report else { return }
    lastReport = report
    guard assessed.tellsSomething else { return }
    lastGood = reading
    // Mostly the same as before, whose causes lie on the heap already.
    if assessed != goodAssessment { goodAssessment = assessed }
  }

  /// Decides what is shown at a moment (product.md, "UNKNOWN or STALE").
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - window: How long a reading counts: three intervals.
  ///   - isRefused: The account as a whole is answered, but without health, and asked more rarely for
  ///     that: what was answered last is still why nothing is known.
  /// - Returns: Whether the state or its reason changed.
  mutating func settle(at now: Moment, window: Duration, isRefused: Bool = false) -> Bool {
    let (state, assessment) = judgement(at: now, window: window, isRefused)
    defer { hours.note(state, at: now.date) }
    guard state != self.state || assessment != self.assessment else { return false }
    let isFirst = latest != nil && hours.isEmpty
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

  private func judgement(
    at now: Moment,
    window: Duration,
    _ isRefused: Bool
  ) -> (HealthState, Assessment) {
    guard let latest else { return (.unknown, .awaiting) }
    if let lastGood, let goodAssessment, now - lastGood.moment <= window {
      return (goodAssessment.state, goodAssessment)
    }
    let failure = latest.failure
    let assessment = failure.map(Assessment.init(of:)) ?? goodAssessment ?? Assessment(of: latest)
    let isOld = now - latest.moment > window && !(isRefused && failure != nil)
    let isSilent = isOld || failure?.wasAnswered == false
    return (isSilent && lastGood != nil ? .stale : .unknown, assessment)
  }

  /// When `settle` would next find something else, should no reading come; nil when never.
  func nextAgeing(after now: Moment, window: Duration) -> Moment? {
    [lastGood, latest]
      .compactMap { reading in reading.map { $0.moment + window } }
      .filter { $0 >= now }
      .min()
  }
}

extension Assessment {
  fileprivate init(of latest: Reading) { self.init(of: latest, callingExpected: false) }

  /// Health, or a signal: an answer without either is as good as none.
  fileprivate var tellsSomething: Bool { verdict.word != .unknown || severity > .unknown }
}
