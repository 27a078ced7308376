import Health
import Monitor

/// What is written of a number: taken once from its record, of which each look costs more than what is
/// written then.
struct NumberFigures {
  let account: String
  let provider: String
  /// As it is shown.
  let number: String
  let waba: String?
  let business: String?
  let label: String?
  let name: String?
  let nameStatus: String?
  let status: String?
  let state: HealthState
  /// Milliseconds since 1970.
  let since: Int
  /// The last usable answer; 0 where there was none.
  let answer: Int
  let quality: QualityRating?
  let limit: MessagingLimit?

  init(_ record: NumberRecord) {
    let report = record.report
    let facts = report?.facts
    let entities = report.map(Parents.init)
    account = record.number.account
    provider = record.number.provider
    number =
      facts?.displayNumber.map(NumberRecord.compact) ?? record.number.target ?? account
    waba = entities?.waba ?? report?.businessAccount
    business = entities?.business
    label = record.number.label
    name = facts?.verifiedName
    nameStatus = facts?.nameStatus?.text
    status = facts?.status?.text
    state = record.state
    since = record.stateSince.milliseconds
    answer = record.lastGood?.moment.milliseconds ?? 0
    quality = facts?.quality?.value.known
    limit = facts?.messagingLimit?.value
  }
}

extension Metrics {
  /// Of all that are a number, not an account whose numbers could not be listed.
  var numberFigures: [NumberFigures] {
    var figures: [NumberFigures] = []
    figures.reserveCapacity(fleet.records.count)
    for place in fleet.records.indices {
      fleet.records.withElement(at: place) { record in
        guard record.pointee.number.target != nil else { return }
        figures.append(NumberFigures(record.pointee))
      }
    }
    return figures
  }
}

/// The first entity of each kind that has an id.
private struct Parents {
  private(set) var waba: String?
  private(set) var business: String?

  init(_ report: HealthReport) {
    for entity in report.entities {
      switch entity.type?.value {
      case .waba where waba == nil: waba = entity.id
      case .business where business == nil: business = entity.id
      default: break
      }
    }
  }
}

extension QualityRating {
  /// Nil for a word that is new.
  fileprivate var known: Self? { if case .unrecognized = self { nil } else { self } }
}
