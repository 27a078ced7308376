import Health
import Monitor

/// The JSON is a promise: keys are always there and in this order, what is not known is `null`, a list is
/// never `null`, ids are text, and enumerated values are as the provider sent them.
extension CheckReport {
  package var json: String {
    var writer = JSONWriter()
    var clock = ReportClock()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generated_at", clock.timestamp(generatedAt))
      writer.object("summary") { writer in
        writer.member("total", numbers.count)
        for severity in [Severity.ok, .warning, .critical, .unknown] {
          writer.member(severity.word, count(severity))
        }
      }
      writer.list("numbers", of: numbers) { writer, number in
        number.write(to: &writer, names: fleet, &clock)
      }
    }
    return writer.finish()
  }
}

extension CheckedNumber {
  fileprivate func write(
    to writer: inout JSONWriter,
    names: Fleet,
    _ clock: inout ReportClock
  ) {
    let report = report
    let facts = report?.facts
    writer.object { writer in
      writer.member("account", number.account)
      writer.member("provider", number.provider)
      writer.member("target", number.target)
      writer.member("id", report?.phoneNumberID)
      writer.member("number", facts?.displayNumber)
      writer.member("e164", facts?.displayNumber.flatMap(NumberRecord.e164))
      writer.member("name", facts?.verifiedName)
      writer.member("label", number.label)
      writer.member("severity", severity.word)
      writer.member("verdict", verdict.word.rawValue)
      writer.member("verdict_note", verdict.note)
      writer.member("provider_verdict", report?.providerVerdict)
      writer.member("calling", assessment.calling?.rawValue)
      writer.object("poll") { writer in poll.write(to: &writer, &clock) }
      writer.object("signals") { writer in
        writer.member("status", facts?.status?.text)
        writer.member("quality", facts?.quality?.text)
        writer.member("name_status", facts?.nameStatus?.text)
        writer.member("messaging_limit", facts?.messagingLimit?.text)
        writer.member("throughput", facts?.throughput)
      }
      writer.list("checks", of: report?.checks ?? []) { writer, check in check.write(to: &writer) }
      writer.list("entities", of: report?.entities ?? []) { writer, entity in
        entity.write(to: &writer, name: entity.name ?? names.name(of: entity))
      }
      writer.list("causes", of: causes) { writer, cause in cause.write(to: &writer) }
    }
  }
}

extension CheckedNumber.Poll {
  fileprivate func write(to writer: inout JSONWriter, _ clock: inout ReportClock) {
    writer.member("outcome", outcome.rawValue)
    writer.member("http_status", httpStatus)
    writer.member("latency_ms", latency.map { Int(($0 / .milliseconds(1)).rounded()) })
    writer.member("message", message)
    writer.member("received_at", receivedAt.map { clock.timestamp($0) })
  }
}

extension ProviderCheck {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", name)
      writer.member("passed", passed)
      writer.member("message", message)
    }
  }
}

extension Fleet {
  /// The name from the entity's own node.
  fileprivate func name(of entity: HealthEntity) -> String? {
    entity.reference.flatMap(facts)?.name
  }
}

extension HealthEntity {
  fileprivate func write(to writer: inout JSONWriter, name: String?) {
    writer.object { writer in
      writer.member("type", type?.text)
      writer.member("id", id)
      writer.member("name", name)
      writer.member("can_send_message", canSendMessage?.text)
      writer.member("can_receive_call_sip", canReceiveCallSIP?.text)
      writer.list("additional_info", of: additionalInfo) { writer, info in
        writer.string(info)
      }
      writer.list("errors", of: errors) { writer, error in error.write(to: &writer) }
    }
  }
}

extension EntityError {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member(code)
      writer.member("description", description)
      writer.member("solution", solution)
      writer.member("channel", channel.rawValue)
    }
  }
}

extension Cause {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("type", kind.word)
      writer.member("id", id)
      writer.member(code)
      writer.member("text", text)
      writer.member("who_acts", whoActs?.rawValue)
    }
  }
}

extension JSONWriter {
  /// A number if the code is one, otherwise the text as sent.
  fileprivate mutating func member(_ code: EntityError.Code?) {
    switch code {
    case .number(let number): member("code", number)
    case .text(let text): member("code", text)
    case nil: member("code", String?.none)
    }
  }
}
