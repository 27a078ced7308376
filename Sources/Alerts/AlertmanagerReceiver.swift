package import FoundationEssentials
import Health
package import Providers

/// Tells one Alertmanager over its API v2.
package struct AlertmanagerReceiver: AlertReceiver {
  private let target: HTTPTarget
  private let transport: any HTTPTransport

  /// - Parameters:
  ///   - base: Its address without `/api/v2/alerts`.
  ///   - transport: Sends the requests.
  package init(_ base: HTTPTarget, over transport: any HTTPTransport) {
    let url = base.url.hasSuffix("/") ? String(base.url.dropLast()) : base.url
    var target = HTTPTarget(
      url: url + "/api/v2/alerts",
      headers: base.headers,
      caFile: base.caFile,
      timeout: base.timeout
    )
    target.refusesPages = true
    self.target = target
    self.transport = transport
  }

  package func receive(firing: [Alert], resolved: [Alert], at now: Date) async -> Reception {
    let posted = (resolved + firing).map { PostedAlert($0, at: now) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts can always be encoded.
    guard let data = try? encoder.encode(posted) else { return .refused("could not be encoded") }
    return await target.post(String(decoding: data, as: UTF8.self), over: transport, at: now)
  }
}

/// An alert as Alertmanager has it.
struct PostedAlert: Encodable {
  /// What it is known by: nothing here changes while it lasts.
  let labels: [String: String]
  let annotations: [String: String]
  let startsAt: String
  /// If nothing more is heard it ends by itself, as those of Prometheus do after four intervals.
  let endsAt: String

  init(_ alert: Alert, at now: Date) {
    // Alertmanager drops labels without a value.
    labels = [
      "alertname": alert.name,
      "severity": alert.severity.rawValue,
      "account": alert.account,
      "provider": alert.provider,
      "cause_type": alert.cause.type,
      "cause_id": alert.cause.id,
      "code": alert.cause.code,
      // Two causes of an account, or two signals of a kind, differ in nothing else.
      "fingerprint": alert.fingerprint,
    ]
    .compactMapValues { $0.flatMap { $0.isEmpty ? nil : $0 } }
    annotations = [
      "summary": alert.summary,
      "description": alert.text,
      "remedy": alert.remedy,
      "who_acts": alert.whoActs,
      "runbook_url": alert.link,
      "state": alert.state,
      "numbers": "\(alert.count)",
      "templates": alert.templates.map { "\($0.count)" },
      "victims": Self.victims(of: alert),
      "acknowledged": alert.isAcknowledged ? "true" : nil,
    ]
    .compactMapValues(\.self)
    startsAt = alert.start.timestamp
    let silence = 4 * (LiveChannel.interval / .seconds(1))
    endsAt = (alert.end ?? now.addingTimeInterval(silence)).timestamp
  }

  /// One line each, such as `+447700900131 Acme Orders UK: BLOCKED`.
  private static func victims(of alert: Alert) -> String? {
    let numbers = alert.victims.map { victim in
      [victim.number, victim.name].compactMap(\.self).joined(separator: " ") + ": \(victim.state)"
    }
    let templates = (alert.templates?.first ?? []).map { template in
      [template.name ?? template.id, template.language].compactMap(\.self).joined(separator: " ")
        + ": \(template.status)"
    }
    let lines = numbers + templates
    guard !lines.isEmpty else { return nil }
    let more = alert.count + (alert.templates?.count ?? 0) - lines.count
    return (more > 0 ? lines + ["and \(more) more"] : lines).joined(separator: "\n")
  }
}
