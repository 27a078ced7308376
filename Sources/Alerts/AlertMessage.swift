import FoundationEssentials
import History
import Monitor

/// What a webhook or a program gets: version 1 of the JSON.
///
/// All keys are always there; what is not known is null.
struct AlertMessage: Encodable {
  static let version = 1

  /// The same each time that it is sent.
  let id: String
  let event: AlertEvent
  let receiver: String
  let date: Date
  var alert: Alert?
  var note: Remark?

  /// What somebody said, and about what.
  struct Remark: Hashable, Sendable {
    let id: String
    let subject: String
    let author: String
    let comment: String
    /// Why an acknowledgement is over.
    let why: String?
  }

  /// A notice of it for the outbox.
  func notice(to channel: String) -> Notice {
    Notice(id: id, channel: channel, body: text, date: date)
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and dates can always be encoded.
    guard let data = try? encoder.encode(self) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  private enum Keys: String, CodingKey {
    case version, id, event, receiver, at, alert, acknowledgement
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(Self.version, forKey: .version)
    try container.encode(id, forKey: .id)
    try container.encode(event, forKey: .event)
    try container.encode(receiver, forKey: .receiver)
    try container.encode(date.timestamp, forKey: .at)
    try container.encode(alert.map(ToldAlert.init), forKey: .alert)
    try container.encode(note.map(ToldRemark.init), forKey: .acknowledgement)
  }
}

extension Date {
  /// Such as `2026-11-26T06:30:00.250Z`.
  package var timestamp: String {
    formatted(ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}

private struct ToldAlert: Encodable {
  let alert: Alert

  private enum Keys: String, CodingKey {
    case id, fingerprint, name, severity, state, cause, account, provider, summary, text, remedy
    case whoActs = "who_acts"
    case link, count, numbers, templates
    case templateCount = "template_count"
    case acknowledged, start, end
  }

  private enum CauseKeys: String, CodingKey { case key, type, id, code }
  private enum NumberKeys: String, CodingKey { case account, target, number, name, state }
  private enum TemplateKeys: String, CodingKey { case waba, id, name, language, status }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(alert.id, forKey: .id)
    try container.encode(alert.fingerprint, forKey: .fingerprint)
    try container.encode(alert.name, forKey: .name)
    try container.encode(alert.severity, forKey: .severity)
    try container.encode(alert.state, forKey: .state)
    var cause = container.nestedContainer(keyedBy: CauseKeys.self, forKey: .cause)
    try cause.encode(alert.cause.key, forKey: .key)
    try cause.encode(alert.cause.type, forKey: .type)
    try cause.encode(alert.cause.id, forKey: .id)
    try cause.encode(alert.cause.code, forKey: .code)
    try container.encode(alert.account, forKey: .account)
    try container.encode(alert.provider, forKey: .provider)
    try container.encode(alert.summary, forKey: .summary)
    try container.encode(alert.text, forKey: .text)
    try container.encode(alert.remedy, forKey: .remedy)
    try container.encode(alert.whoActs, forKey: .whoActs)
    try container.encode(alert.link, forKey: .link)
    try container.encode(alert.count, forKey: .count)
    var numbers = container.nestedUnkeyedContainer(forKey: .numbers)
    for victim in alert.victims {
      var number = numbers.nestedContainer(keyedBy: NumberKeys.self)
      try number.encode(victim.account, forKey: .account)
      try number.encode(victim.target, forKey: .target)
      try number.encode(victim.number, forKey: .number)
      try number.encode(victim.name, forKey: .name)
      try number.encode(victim.state, forKey: .state)
    }
    try container.encode(alert.isAcknowledged, forKey: .acknowledged)
    try container.encode(alert.start.timestamp, forKey: .start)
    try container.encode(alert.end?.timestamp, forKey: .end)
    try container.encode(alert.templates?.count ?? 0, forKey: .templateCount)
    var templates = container.nestedUnkeyedContainer(forKey: .templates)
    for template in alert.templates?.first ?? [] {
      var told = templates.nestedContainer(keyedBy: TemplateKeys.self)
      try told.encode(template.waba, forKey: .waba)
      try told.encode(template.id, forKey: .id)
      try told.encode(template.name, forKey: .name)
      try told.encode(template.language, forKey: .language)
      try told.encode(template.status, forKey: .status)
    }
  }
}

private struct ToldRemark: Encodable {
  let remark: AlertMessage.Remark

  init(_ remark: AlertMessage.Remark) { self.remark = remark }

  private enum Keys: String, CodingKey { case id, subject, author, comment, why }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(remark.id, forKey: .id)
    try container.encode(remark.subject, forKey: .subject)
    try container.encode(remark.author, forKey: .author)
    try container.encode(remark.comment, forKey: .comment)
    try container.encode(remark.why, forKey: .why)
  }
}
