/// Answers of Kapso's health check, about 1.9 kB each, with the ids of their own number.
enum Answers {
  static let template = #"""
    {"status":"@S","timestamp":"2026-11-25T14:25:@C0Z","error":null,"checks":{"phone_number_access":{"passed":true,"details":{"verified_name":"My Business @N – Café Zoë","display_phone_number":"+1 @N","quality_rating":"GREEN","status":"CONNECTED","throughput_tier":"TIER_10K","id":"@N"}},"messaging_health":{"passed":true,"overall_status":"@A","details":{"can_send_message":"@A","entities":[{"entity_type":"PHONE_NUMBER","id":"@N","can_send_message":"@A","can_receive_call_sip":"BLOCKED","errors":[{"error_code":138024,"error_description":"WhatsApp Business calling cannot use SIP because it is not enabled","possible_solution":"Configure SIP using {PHONE_NUMBER_ID}/settings API"}]},{"entity_type":"WABA","id":"@W","can_send_message":"AVAILABLE"},{"entity_type":"BUSINESS","id":"456789012345678","can_send_message":"AVAILABLE"},{"entity_type":"APP","id":"789012345678901","can_send_message":"AVAILABLE","can_receive_call_sip":"BLOCKED","errors":[{"error_code":138025,"error_description":"This app cannot use SIP for WhatsApp Business calling because it has not configured a SIP server for this business phone number","possible_solution":"Configure SIP server using {PHONE_NUMBER_ID}/settings API"}]}]}},"webhook_subscription":{"passed":true,"details":{"app_id":"789012345678901","subscribed":true,"subscribed_fields":["messages","message_template_status_update","phone_number_quality_update"]}},"webhook_verified":{"passed":true,"details":{"verified_at":"2025-01-15T10:30:00Z","message":"Webhook successfully verified at 2025-01-15 10:30:00 UTC"}},"token_validity":{"passed":true,"details":{"message":"Access token is valid and does not expire"}}}}
    """#

  /// What stands between the marks, with the letter of the mark before it.
  private static let pieces: [(mark: Character?, bytes: [UInt8])] = {
    let parts = template.split(separator: "@", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      index == 0 ? (nil, Array(part.utf8)) : (part.first, Array(part.dropFirst().utf8))
    }
  }()

  /// The answer for a number in a round of polls: healthy, but for every hundredth.
  static func body(number: String, round: Int) -> [UInt8] {
    let isLimited = number.hasSuffix("07")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2_100)
    for (mark, rest) in pieces {
      switch mark {
      case nil: break
      case "S": bytes += (isLimited ? "degraded" : "healthy").utf8
      case "A": bytes += (isLimited ? "LIMITED" : "AVAILABLE").utf8
      case "C": bytes.append(UInt8(ascii: "0") + UInt8(round % 6))
      case "W": bytes += (number.dropLast(2) + "99").utf8
      default: bytes += number.utf8
      }
      bytes += rest
    }
    return bytes
  }
}
