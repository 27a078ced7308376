/// Kaleyra: the details of one phone number, and the templates, for both API versions.
struct KaleyraEndpoints: ProviderEndpoints {
  let worldState: WorldState
  let account: Int

  func accepts(_ request: SimulatedRequest) -> Bool {
    let account = worldState.world.accounts[self.account]
    return request.header("api-key") == account.key
      && request.path.dropFirst().first.map(String.init) == account.sid
      && !worldState.state.revokedAccounts.contains(self.account)
  }

  var keyRefused: SimulatedAnswer {
    Self.error(
      "RBC201",
      "Incorrect SID or API key.",
      data: "[]",
      error: #"{"body":"Incorrect SID or API key.","error":"API Key Not Found"}"#,
      status: 401
    )
  }

  func throttled(retryAfter: String?) -> SimulatedAnswer {
    var answer = Self.error(
      "WAV2101",
      "Limit reached.",
      data: "{}",
      error: #"{"limit":"Too many requests."}"#,
      status: 429
    )
    answer.headers = retryAfter.map { [("Retry-After", $0)] } ?? []
    return answer
  }

  func usage(_ meter: RequestMeter.Reading) -> [(String, String)] { [] }

  func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
    let path = request.path
    let version = worldState.world.accounts[account].plan.version
    guard path.count == 5, path[2] == "whatsapp" else { return Self.unknownPath }
    switch (path[0], path[3], path[4]) {
    case (_, _, "phone_number_details"):
      return details(String(path[3]), isRightVersion: path[0] == version)
    case ("v2", _, "message_templates"):
      return templates(of: String(path[3]))
    case ("v1", "templates", "status"):
      return allTemplates().about(.templates)
    default:
      return Self.unknownPath
    }
  }

  static func error(
    _ code: String,
    _ message: String,
    data: String,
    error: String,
    status: Int
  )
    -> SimulatedAnswer
  {
    let text = JSONText.object([
      ("code", JSONText.quoted(code)),
      ("message", JSONText.quoted(message)),
      ("data", data),
      ("error", error),
    ])
    return SimulatedAnswer(text, status: status)
  }

  private static let unknownPath = error(
    "WA404",
    "Not found.",
    data: "{}",
    error: #"{"path":"Not found."}"#,
    status: 404
  )

  private static let foreignNumber = error(
    "WA401",
    "Phone number is not present or does not belong to the account.",
    data: "{}",
    error: #"{"phone_number":"Phone number is not present or does not belong to the account."}"#,
    status: 401
  )

  /// A number of the other API version counts as another account's.
  private func details(_ digits: String, isRightVersion: Bool) -> SimulatedAnswer {
    guard isRightVersion, let number = worldState.world.accounts[account].numbersByID[digits],
      !worldState.isGone(number)
    else { return Self.foreignNumber.about(.health) }
    let waba = worldState.world.numbers[number].waba
    if let answer = Recordings.answer(of: worldState.world.numbers[number]) {
      return answer.about(.health, number: number, waba: waba)
    }
    let fields = [
      "display_phone_number", "health_status", "id", "messaging_limit_tier", "name_status",
      "quality_rating", "quality_score", "status", "throughput", "verified_name",
    ]
    return GraphFields(worldState: worldState, account: account, version: "v24.0")
      .answer(.phoneNumber(number), fields: fields)
      .about(.health, number: number, waba: waba)
  }

  private func templates(of id: String) -> SimulatedAnswer {
    guard
      let waba = worldState.world.accounts[account].wabas.first(where: {
        worldState.world.wabas[$0].id == id
      }
      )
    else {
      return Self.error(
        "WA401",
        "WABA is not present or does not belong to the account.",
        data: "{}",
        error: #"{"waba_id":"WABA is not present or does not belong to the account."}"#,
        status: 401
      ).about(.templates)
    }
    let items = worldState.world.wabas[waba].templates.map(item)
    return SimulatedAnswer(Self.envelope(items)).about(.templates, waba: waba)
  }

  private func allTemplates() -> SimulatedAnswer {
    let items = worldState.world.accounts[account].wabas
      .flatMap { worldState.world.wabas[$0].templates }
      .map(olderItem)
    return SimulatedAnswer(Self.envelope(items))
  }

  private static func envelope(_ items: [String]) -> String {
    JSONText.object([
      ("code", "\"WA200\""),
      ("message", "\"Templates fetched successfully.\""),
      ("data", JSONText.list(items)),
      ("error", "{}"),
    ])
  }

  private func olderItem(_ index: Int) -> String {
    let template = worldState.world.templates[index]
    return JSONText.object([
      ("template_name", JSONText.quoted(template.name)),
      ("language", JSONText.quoted(template.language)),
      ("status", JSONText.quoted(titleCased(worldState.status(ofTemplate: index)))),
    ])
  }

  private func item(_ index: Int) -> String {
    let template = worldState.world.templates[index]
    return JSONText.object([
      ("id", JSONText.quoted(template.id)),
      ("name", JSONText.quoted(template.name)),
      ("language", JSONText.quoted(template.language)),
      ("category", JSONText.quoted(template.category)),
      ("status", JSONText.quoted(titleCased(worldState.status(ofTemplate: index)))),
    ])
  }

  /// States come in title case here.
  private func titleCased(_ status: String) -> String {
    status.prefix(1).uppercased() + status.dropFirst().lowercased()
  }
}
