import Health

import struct Foundation.Date

/// The JSON is a promise: keys are always there and in this order, what is not known is `null`, a list is
/// never `null`, ids are text, and enumerated values are as the provider sent them.
extension CheckReport {
  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generated_at", Self.timestamp(generatedAt))
      writer.object("summary") { writer in
        writer.member("total", numbers.count)
        for severity in [Severity.ok, .warning, .critical, .unknown] {
          writer.member(severity.word, count(severity))
        }
      }
      writer.list("numbers", of: numbers) { writer, number in number.write(to: &writer) }
    }
    return writer.text + "\n"
  }

  /// ISO 8601, UTC, whole seconds.
  static func timestamp(_ date: Date) -> String { date.formatted(.iso8601) }
}

extension CheckedNumber {
  fileprivate func write(to writer: inout JSONWriter) {
    let facts = report?.facts
    writer.object { writer in
      writer.member("account", number.account)
      writer.member("provider", number.provider)
      writer.member("target", number.target)
      writer.member("id", report?.phoneNumberID)
      writer.member("number", facts?.displayNumber)
      writer.member("name", facts?.verifiedName)
      writer.member("label", number.label)
      writer.member("severity", severity.word)
      writer.member("verdict", verdict.word.rawValue)
      writer.member("verdict_note", verdict.note)
      writer.member("provider_verdict", report?.providerVerdict)
      writer.member("calling", assessment.calling?.rawValue)
      writer.object("poll") { writer in poll.write(to: &writer) }
      writer.object("signals") { writer in
        writer.member("status", facts?.status?.text)
        writer.member("quality", facts?.quality?.text)
        writer.member("name_status", facts?.nameStatus?.text)
        writer.member("messaging_limit", facts?.messagingLimit?.text)
        writer.member("throughput", facts?.throughput)
      }
      writer.list("checks", of: report?.checks ?? []) { writer, check in check.write(to: &writer) }
      writer.list("entities", of: entities) { writer, entity in entity.write(to: &writer) }
      writer.list("causes", of: causes) { writer, cause in cause.write(to: &writer) }
    }
  }
}

extension CheckedNumber.Poll {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("outcome", outcome.rawValue)
    writer.member("http_status", httpStatus)
    writer.member("latency_ms", latency.map { Int(($0 / .milliseconds(1)).rounded()) })
    writer.member("message", message)
    writer.member("received_at", receivedAt.map(CheckReport.timestamp))
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

extension CheckedNumber.Entity {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("type", health.type?.text)
      writer.member("id", health.id)
      writer.member("name", name)
      writer.member("can_send_message", health.canSendMessage?.text)
      writer.member("can_receive_call_sip", health.canReceiveCallSIP?.text)
      writer.list("additional_info", of: health.additionalInfo) { writer, info in
        writer.string(info)
      }
      writer.list("errors", of: health.errors) { writer, error in error.write(to: &writer) }
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
  /// A number where the code is one, else the text as sent.
  fileprivate mutating func member(_ code: EntityError.Code?) {
    switch code {
    case .number(let number): member("code", number)
    case .text(let text): member("code", text)
    case nil: member("code", String?.none)
    }
  }
}
