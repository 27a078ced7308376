import Health

// The values of a number's fields.
extension FilterField {
  /// The field's word from a closed list; nil if unknown.
  func word(of record: FilterMatcher.Record) -> String? {
    switch self {
    case .status: record.pointee.state.filterWord
    // A stale state says nothing about now.
    case .severity where record.pointee.state == .stale: "unknown"
    case .verdict where record.pointee.state == .stale: "unknown"
    case .severity: record.pointee.assessment.severity.word
    case .verdict: record.pointee.assessment.verdict.word.filterWord
    case .calling: record.pointee.assessment.calling?.filterWord
    case .quality: record.facts?.quality?.value.filterWord
    case .throughput: record.facts?.throughput?.lowercased()
    case .outcome: record.pointee.latest?.outcome.rawValue
    default: nil
    }
  }

  func rank(of record: FilterMatcher.Record) -> Int? {
    switch self {
    case .quality: record.facts?.quality?.value.rank
    case .limit: record.facts?.messagingLimit?.value.rank
    default: nil
    }
  }

  /// Since when an age is counted.
  func moment(of record: FilterMatcher.Record) -> Moment? {
    switch self {
    case .age: record.pointee.healthMoment
    case .since: record.pointee.stateSince
    default: nil
    }
  }

  /// Whether any text of the field satisfies `isWanted`.
  func hasText(
    of record: FilterMatcher.Record,
    in fleet: Fleet,
    where isWanted: (String) -> Bool
  ) -> Bool {
    let number = record.pointee.number
    func wanted(_ text: String?) -> Bool { text.map(isWanted) ?? false }
    switch self {
    case .account: return isWanted(number.account)
    case .provider: return isWanted(number.provider)
    case .label: return wanted(number.label)
    case .number: return record.hasNumber(where: isWanted)
    case .name: return wanted(record.facts?.verifiedName)
    case .id: return wanted(record.report?.phoneNumberID) || wanted(number.target)
    case .cause:
      return record.pointee.assessment.causes.contains { cause in
        isWanted(cause.kind.word) || wanted(cause.id) || wanted(cause.code?.text)
          || isWanted(cause.text)
      }
    case .code: return record.hasCode(where: isWanted)
    case .waba: return record.hasEntity(.waba, in: fleet, where: isWanted)
    case .business: return record.hasEntity(.business, in: fleet, where: isWanted)
    case .app: return record.hasEntity(.app, in: fleet, where: isWanted)
    case .entity: return record.hasEntity(nil, in: fleet, where: isWanted)
    case .template: return record.hasTemplate(in: fleet, where: isWanted)
    case .quality: return wanted(record.facts?.quality?.text)
    case .limit: return wanted(record.facts?.messagingLimit?.text)
    case .throughput: return wanted(record.facts?.throughput)
    case .status, .severity, .verdict, .calling, .outcome: return wanted(word(of: record))
    case .age, .since, .flag: return false
    }
  }
}

extension FilterMatcher.Record {
  /// The record's report.
  var report: HealthReport? { pointee.report }

  fileprivate var facts: PhoneNumberFacts? { report?.facts }

  /// The number as lists show it, or as sent.
  fileprivate func hasNumber(where isWanted: (String) -> Bool) -> Bool {
    let number = pointee.number
    guard let sent = report?.facts.displayNumber else {
      return isWanted(number.target ?? number.account)
    }
    return isWanted(NumberRecord.compact(sent)) || isWanted(sent)
  }

  /// Matches an entity of one type by id and name, or of any type by type, id and name.
  fileprivate func hasEntity(
    _ type: EntityType?,
    in fleet: Fleet,
    where isWanted: (String) -> Bool
  ) -> Bool {
    guard let entities = report?.entities else { return false }
    // Texts are tested one after the other: for a hundred thousand numbers, building lists of them
    // would cost more than the tests.
    return entities.contains { entity in
      if let type {
        guard entity.isOf(type) else { return false }
      } else if let word = entity.type?.text, isWanted(word) {
        return true
      }
      if let id = entity.id, isWanted(id) { return true }
      if let name = entity.name, isWanted(name) { return true }
      guard fleet.knowsNames, let reference = entity.reference else { return false }
      return fleet.facts(of: reference)?.name.map(isWanted) ?? false
    }
  }

  fileprivate func hasCode(where isWanted: (String) -> Bool) -> Bool {
    let hasCause = pointee.assessment.causes.contains { $0.code.map { isWanted($0.text) } ?? false }
    return hasCause
      || report?.entities.contains { entity in
        entity.errors.contains { $0.code.map { isWanted($0.text) } ?? false }
      } ?? false
  }

  /// Names and states of its business account's templates.
  fileprivate func hasTemplate(in fleet: Fleet, where isWanted: (String) -> Bool) -> Bool {
    guard let waba = report?.id(of: .waba), let list = fleet.templates(of: waba),
      case .success(let templates) = list.templates
    else { return false }
    return templates.contains { isWanted($0.name) || isWanted($0.status.text) }
  }
}

extension HealthState {
  fileprivate var filterWord: String {
    switch self {
    case .blocked: "blocked"
    case .critical: "critical"
    case .limited: "limited"
    case .warning: "warning"
    case .unknown: "unknown"
    case .stale: "stale"
    case .available: "available"
    }
  }
}

extension Verdict.Word {
  fileprivate var filterWord: String {
    switch self {
    case .available: "available"
    case .limited: "limited"
    case .blocked: "blocked"
    case .unknown: "unknown"
    }
  }
}

extension QualityRating {
  fileprivate var filterWord: String {
    switch self {
    case .red: "red"
    case .yellow: "yellow"
    case .green: "green"
    case .unrated: "unrated"
    case .unrecognized(let word): word.lowercased()
    }
  }
}
