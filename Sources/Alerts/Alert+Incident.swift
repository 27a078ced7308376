import Health
import Monitor

import struct FoundationEssentials.Date

extension Alert {
  /// An incident that lasts, in the words of the number that it hits first.
  ///
  /// - Parameters:
  ///   - incident: The incident.
  ///   - fleet: The numbers and templates as they are now.
  ///   - acknowledged: The keys of the causes that operators acknowledged.
  init(_ incident: TrackedIncident, in fleet: Fleet, acknowledged: Set<String>) {
    let key = incident.reason.key
    let cause = CauseID(key: key)
    let present = incident.present
    let victims = present.compactMap(\.number)
    let templates = Templates(among: present, with: cause, in: fleet)
    let told = victims.lazy.compactMap { fleet[$0] }.first.flatMap { record in
      record.causes.first { $0.id.key == key }.map { (cause: $0.cause, record: record) }
    }
    let isPolling = cause?.isPolling ?? false
    let own = isPolling ? nil : told.map { Advice(of: $0.cause, in: $0.record) }
    let advice = own ?? cause.map(Advice.init(of:))
    let shortName = isPolling ? nil : told?.cause.shortName
    let subject =
      cause.map { [$0.subject, fleet.name(of: $0)].compactMap(\.self).joined(separator: " ") }
      ?? incident.reason.summary
    let accounts = victims.isEmpty ? incident.accounts : Set(victims.map(\.account))
    let owner = Owner(of: accounts, in: fleet)
    self.init(
      id: incident.id,
      fingerprint: Fingerprint.text(of: [key]),
      name: cause.map { Self.name(of: $0, incident.worst) } ?? "WabaTrouble",
      severity: incident.worst.severity == .critical ? .critical : .warning,
      state: incident.worst.word,
      cause: Cause(
        key: key,
        type: cause?.type ?? "OTHER",
        id: cause?.id,
        code: incident.reason.code
      ),
      account: owner.account,
      provider: owner.provider,
      summary: Self.summary(
        subject,
        shortName ?? incident.reason.text,
        VictimCount(of: present)
      ),
      text: incident.reason.text,
      remedy: advice?.remedy,
      whoActs: advice?.whoActs?.rawValue,
      link: advice?.link ?? cause?.link(to: present),
      count: victims.count,
      victims: victims.prefix(Self.mostVictims).map { Victim($0, in: fleet) },
      // Numbers know what operators said about their causes; of templates it is said of the cause alone.
      isAcknowledged: victims.isEmpty
        ? acknowledged.contains(key)
        : victims.allSatisfy { fleet[$0]?.marks.contains(.acknowledged) ?? false },
      start: incident.start,
      end: incident.end,
      templates: templates
    )
  }

  /// A number that flaps.
  init(flapping record: NumberRecord, since start: Date, in fleet: Fleet) {
    let key = Self.flappingKey(of: record.id)
    let fingerprint = Fingerprint.text(of: [key])
    let title = record.number.label ?? record.name
    let subject = [record.displayNumber, title].compactMap(\.self).joined(separator: " ")
    let owner = Owner(of: [record.id.account], in: fleet)
    self.init(
      id: "\(fingerprint)-\(Int((start.timeIntervalSince1970 * 1000).rounded()))",
      fingerprint: fingerprint,
      name: "WabaNumberFlapping",
      severity: .warning,
      state: record.rankingState.word,
      cause: Cause(key: key, type: "FLAPPING", id: record.number.target, code: nil),
      account: owner.account,
      provider: owner.provider,
      summary: "\(subject): changes its state again and again",
      text: nil,
      remedy: nil,
      whoActs: nil,
      link: nil,
      count: 1,
      victims: [Victim(record.id, in: fleet)],
      isAcknowledged: record.marks.contains(.acknowledged),
      start: start
    )
  }

  static let flappingPrefix = "flapping/"

  static func flappingKey(of number: PhoneNumber.ID) -> String {
    "\(flappingPrefix)\(number.account)/\(number.target ?? "")"
  }

  private static func summary(
    _ subject: String,
    _ reason: String?,
    _ count: VictimCount
  ) -> String {
    let what = reason.map { "\(subject): \($0)" } ?? subject
    return "\(what), \(count.text)"
  }

  /// By what is to be done about it, as routes of Alertmanager distinguish it.
  private static func name(of cause: CauseID, _ worst: HealthState) -> String {
    switch cause {
    case .account(_, .keyRejected): "WabaAccountKeyRejected"
    case .account(_, .unreachable), .provider(_, .unreachable), .offline:
      "WabaProviderUnreachable"
    case .account, .provider: "WabaAccountFailing"
    case .templates(let status): name(of: status)
    case .entity, .signal:
      worst.severity == .critical ? "WabaNumberBlocked" : "WabaNumberLimited"
    }
  }
}

/// The account of everything that is hit, and the provider, if there is only one.
private struct Owner {
  var account: String?
  var provider: String?

  init(of accounts: Set<String>, in fleet: Fleet) {
    let providers = Set(accounts.map { fleet.condition(of: $0)?.account.provider })
    if accounts.count == 1 { account = accounts.first }
    if providers.count == 1 { provider = providers.first ?? nil }
  }
}

extension Alert.Victim {
  init(_ id: PhoneNumber.ID, in fleet: Fleet) {
    let record = fleet[id]
    self.init(
      account: id.account,
      target: id.target,
      number: record?.displayNumber ?? id.target ?? id.account,
      name: record.flatMap { $0.number.label ?? $0.name },
      state: (record?.state ?? .unknown).word
    )
  }
}

extension TrackedIncident {
  /// What it hits; when it is over, what it hit last.
  var present: [Subject] {
    victims.filter { $0.left == nil || end != nil && $0.left == end }.map(\.subject)
  }
}

extension CauseID {
  fileprivate var type: String {
    switch self {
    case .entity(let reference): reference.type.word
    case .signal(let kind, _): kind.word
    case .account: "ACCOUNT"
    case .provider: "PROVIDER"
    case .offline: "OFFLINE"
    case .templates: "TEMPLATE"
    }
  }

  fileprivate var id: String? {
    switch self {
    case .entity(let reference): reference.id
    case .account(let name, _), .provider(let name, _): name
    case .templates(let status): status.word
    case .signal, .offline: nil
    }
  }
}
