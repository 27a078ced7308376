/// `GET …/phone_numbers/{id}/health`, as it comes over the wire.
struct KapsoHealthResponse {
  /// `healthy`, `degraded`, `unhealthy`, or `error`: then nothing could be checked.
  let status: String?
  let timestamp: String?
  let error: String?
  /// Sorted by name, since JSON objects have no order and the display must be stable.
  let checks: [KapsoCheck]

  init(_ body: JSON) {
    // Kapso's other endpoints wrap their content.
    let isWrapped = body["status"] == nil && body["data"]?.isObject == true
    let json = isWrapped ? body["data"] ?? body : body
    status = json["status"]?.nonBlankText
    timestamp = json[anyOf: ["timestamp", "checked_at"]]?.nonBlankText
    error = json.errorBeside?.summary
    checks = (json["checks"]?.members ?? []).map(KapsoCheck.init)
  }

  func check(_ name: String) -> KapsoCheck? { checks.first { $0.isNamed(name) } }
}

/// One of the checks, each of which has its own details.
///
/// Its fields are read on demand, since most checks are equal for many numbers and cached.
struct KapsoCheck {
  private let member: JSON.Member

  static let access = "phone_number_access"
  static let messaging = "messaging_health"
  static let subscription = "webhook_subscription"
  static let verification = "webhook_verified"
  static let token = "token_validity"

  init(_ member: JSON.Member) { self.member = member }

  /// The bytes that it is made from.
  var source: ArraySlice<UInt8> { member.source }

  /// Known names are not allocated again.
  var name: String { Self.known.first(where: isNamed) ?? member.name }

  private static let known = [access, messaging, subscription, verification, token]

  func isNamed(_ name: String) -> Bool { member.isNamed(name) }

  var passed: Bool? {
    isDenied ? false : member.value["passed"]?.bool ?? member.value.bool
  }

  /// Whether it has `success: false`, whatever else it contains.
  var isDenied: Bool { member.value.deniesSuccess }

  var error: String? { member.value["error"]?.summary }

  var message: String? {
    member.value["message"]?.nonBlankText ?? member.value["details"]?["message"]?.nonBlankText
  }

  /// Only in `messaging_health`.
  var overallStatus: String? { member.value["overall_status"]?.nonBlankText }

  var details: JSON? { member.value["details"].flatMap { $0.isEmpty ? nil : $0 } }
}

/// Meta's error inside a check's `error`, which is printed as a Ruby hash and not as JSON.
///
/// `Meta Graph API error: 400 - {"error" => {"message" => "…", "code" => 190, "fbtrace_id" => "…"}}`
struct KapsoMetaError {
  let httpStatus: Int?
  let code: Int?
  let message: String?
  let traceID: String?

  init(_ error: String) {
    // Meta's errors have a few hundred bytes, so longer texts are cut.
    let text = error.prefix(4_096)
    httpStatus = text.firstMatch(of: /(?i)error:\s*(\d{3})\b/).flatMap { Int($0.1) }
    code = text.firstMatch(of: /"code"\s*(?:=>|:)\s*"?(\d+)/).flatMap { Int($0.1) }
    message = Self.value(text.firstMatch(of: /"message"\s*(?:=>|:)\s*"((?:[^"\\]|\\.)*)"/)?.1)
    traceID = Self.value(text.firstMatch(of: /"fbtrace_id"\s*(?:=>|:)\s*"([^"]*)"/)?.1)
  }

  /// Whether Meta refused Kapso's token for the number.
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
  /// Meta's ids, which are used to request health.
  let ids: [String]
  /// Whether an entry has no number.
  let hasNameless: Bool
  /// The error in the page, if any.
  let error: String?
  let totalCount: Int?
  private let totalPages: Int?

  /// Nil without a list.
  init?(_ json: JSON) {
    guard let rows = json["data"] ?? (json.isArray ? json : nil), rows.isArray else { return nil }
    ids = rows.list.compactMap { $0[anyOf: ["phone_number_id", "id"]]?.nonBlankText }
    error = json.errorBeside?.summary
    hasNameless = ids.count < rows.list.count
    totalPages = json["meta"]?["total_pages"]?.int
    totalCount = json["meta"]?["total_count"]?.int
  }

  /// Without a total, only an empty page is the last.
  func hasNext(after page: Int) -> Bool {
    totalPages.map { page < $0 } ?? (hasNameless || !ids.isEmpty)
  }
}
