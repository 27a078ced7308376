package import Health

/// A number of the fleet: its latest and its last good reading, and its current assessment.
package struct NumberRecord: Identifiable, Sendable {
  package internal(set) var number: PhoneNumber
  /// The last poll's outcome, good or not; nil before the first.
  package internal(set) var latest: Reading?
  /// The last reading with information about the number.
  ///
  /// A failed poll never removes it; it only gets older.
  package internal(set) var lastGood: Reading?
  /// The last reading with any content, even if only a name.
  var lastAnswer: Reading?
  /// What that reading omitted; nil if nothing, which is nearly always.
  var omittedParts: Shared<OmittedParts>?
  /// The assessment of what is shown: the last good reading while it is valid, otherwise the
  /// failure.
  package internal(set) var assessment = Assessment.awaiting
  package internal(set) var state = HealthState.unknown
  package internal(set) var previousState: HealthState?
  package internal(set) var stateSince: Moment
  /// Whether the state may be older, because it was there at the first reading of this run.
  package internal(set) var sinceIsLowerBound = true
  package internal(set) var hours = HourStrip()
  /// What operators said about it.
  package internal(set) var marks: OperatorMarks = []
  package internal(set) var polls = PollStates()
  /// Whether the last answer is still to be recorded among the polls.
  var hasNewAnswer = false
  /// The outcome of the poll for which `assessment` was made.
  var assessedOutcome: PollOutcome?
  var goodAssessment: Assessment?
  var callingExpected = false
  /// Whether the last good reading is no longer valid: then the number is shown as old.
  package internal(set) var isOld = false
  /// What was told of it before this run polled it; nil after its first poll.
  var told: ToldState?
  /// Whether all that is known of it is from before this run, or from another process.
  package internal(set) var isRestored = false
  /// Whether another process polls it now.
  var isFollowed = false

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
}
