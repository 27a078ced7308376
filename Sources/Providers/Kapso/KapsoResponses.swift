/// `GET …/phone_numbers/{id}/health`, as it comes over the wire.
struct KapsoHealthResponse {
  /// `healthy`, `degraded`, `unhealthy`, or `error`: then nothing could be checked.
  let status: String?
  let timestamp: String?
  let error: String?
  /// By name, since JSON objects have no order: the same answer always draws the same.
  let checks: [KapsoCheck]

  init(_ body: JSON) {
    // Kapso's other endpoints wrap what they answer.
    let isWrapped = body["status"] == nil && body["data"]?.isObject == true
    let json = isWrapped ? body["data"] ?? body : body
    status = json["status"]?.nonBlankText
    timestamp = json[anyOf: ["timestamp", "checked_at"]]?.nonBlankText
    error = json.errorBeside?.summary
    checks = (json["checks"]?.members ?? []).map(KapsoCheck.init)
  }

  func check(_ name: String) -> KapsoCheck? { checks.first { $0.isNamed(name) } }
}

/// One of the checks, whose details depend on which it is.
///
/// Its fields are read when they are asked for: most checks say what those of other numbers said.
struct KapsoCheck {
  private let member: JSON.Member

  static let access = "phone_number_access"
  static let messaging = "messaging_health"
  static let subscription = "webhook_subscription"
  static let verification = "webhook_verified"
  static let token = "token_validity"

  init(_ member: JSON.Member) { self.member = member }

  /// All that it is made from.
  var source: ArraySlice<UInt8> { member.source }

  /// A name that is known is not made again.
  var name: String { Self.known.first(where: isNamed) ?? member.name }

  private static let known = [access, messaging, subscription, verification, token]

  func isNamed(_ name: String) -> Bool { member.isNamed(name) }

  var passed: Bool? {
    isDenied ? false : member.value["passed"]?.bool ?? member.value.bool
  }

  /// It came with `success: false`, whatever else it says.
  var isDenied: Bool { member.value.deniesSuccess }

  var error: String? { member.value["error"]?.summary }

  var message: String? {
    member.value["message"]?.nonBlankText ?? member.value["details"]?["message"]?.nonBlankText
  }

  /// Of `messaging_health` only.
  var overallStatus: String? { member.value["overall_status"]?.nonBlankText }

  var details: JSON? { member.value["details"].flatMap { $0.isEmpty ? nil : $0 } }
}

/// Meta's error inside a check's `error`, which is Ruby's way of writing a hash and not JSON.
///
/// `Meta Graph API error: 400 - {"error" => {"message" => "…", "code" => 190, "fbtrace_id" => "…"}}`
struct KapsoMetaError {
  let httpStatus: Int?
  let code: Int?
  let message: String?
  let traceID: String?

  init(_ error: String) {
    // An error of Meta's is a few hundred bytes; what is longer is not worth searching.
    let text = error.prefix(4_096)
    httpStatus = text.firstMatch(of: /(?i)error:\s*(\d{3})\b/).flatMap { Int($0.1) }
    code = text.firstMatch(of: /"code"\s*(?:=>|:)\s*"?(\d+)/).flatMap { Int($0.1) }
    message = Self.value(text.firstMatch(of: /"message"\s*(?:=>|:)\s*"((?:[^"\\]|\\.)*)"/)?.1)
    traceID = Self.value(text.firstMatch(of: /"fbtrace_id"\s*(?:=>|:)\s*"([^"]*)"/)?.1)
  }

  /// Meta did not accept the token that Kapso has for the number.
  var isAboutToken: Bool {
    guard let code else { return httpStatus == 401 }
    return code == 190 || code == 0
  }

  private static func value(_ text: Substring?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    return String(text).replacing("\\\"", with: "\"")
  }
}

/// One page of `GET …/phone_numbers`.
struct KapsoNumberPage {
  /// Meta's ids, by which health is asked for.
  let ids: [String]
  /// An entry does not say which number it is.
  let hasNameless: Bool
  /// It says itself that something went wrong.
  let error: String?
  let totalCount: Int?
  private let totalPages: Int?

  /// Nil where there is no list at all.
  init?(_ json: JSON) {
    guard let rows = json["data"] ?? (json.isArray ? json : nil), rows.isArray else { return nil }
    ids = rows.list.compactMap { $0[anyOf: ["phone_number_id", "id"]]?.nonBlankText }
    error = json.errorBeside?.summary
    hasNameless = ids.count < rows.list.count
    totalPages = json["meta"]?["total_pages"]?.int
    totalCount = json["meta"]?["total_count"]?.int
  }

  /// Without a total only an empty page is the last.
  func hasNext(after page: Int) -> Bool {
    totalPages.map { page < $0 } ?? (hasNameless || !ids.isEmpty)
  }
}
