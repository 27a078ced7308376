/// 360dialog: a channel's key selects the number; a partner's key lists the channels.
struct Dialog360Endpoints: ProviderEndpoints {
  let worldState: WorldState
  let account: Int

  func accepts(_ request: SimulatedRequest) -> Bool {
    guard !worldState.state.revokedAccounts.contains(account) else { return false }
    if isPartners(request) {
      return partnerKey(of: request) == worldState.world.accounts[account].key
    }
    guard let number = number(of: request) else { return false }
    return !worldState.state.revokedNumbers.contains(number)
  }

  var keyRefused: SimulatedAnswer { Self.error("Invalid api_key", status: 401) }

  func throttled(retryAfter: String?) -> SimulatedAnswer {
    Self.error("Rate limit reached: 1 request every 5 seconds is allowed", status: 400)
  }

  func usage(_ meter: RequestMeter.Reading) -> [(String, String)] { [] }

  func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
    if isPartners(request) { return partnerAnswer(request) }
    guard let number = number(of: request) else { return keyRefused }
    let waba = worldState.world.numbers[number].waba
    switch request.path {
    case ["health_status"]:
      return health(of: number, request).about(.health, number: number, waba: waba)
    case ["message_templates"]:
      return GraphTemplates(worldState: worldState, account: account).list(of: waba, request)
        .about(.templates, number: number, waba: waba)
    case ["v1", "configs", "templates"]:
      return olderTemplates(of: waba, request).about(.templates, number: number, waba: waba)
    case ["v1", "configs", "webhook"]:
      let url = JSONText.quoted(
        "https://hooks.example.com/whatsapp/\(worldState.world.numbers[number].id)"
      )
      return SimulatedAnswer(#"{"url":\#(url),"headers":{}}"#).about(.facts, number: number)
    default:
      return Self.error("Resource not found", status: 404)
    }
  }

  static func error(_ text: String, status: Int) -> SimulatedAnswer {
    let meta = JSONText.object([
      ("success", "false"),
      ("http_code", String(status)),
      ("developer_message", JSONText.quoted(text)),
    ])
    return SimulatedAnswer(#"{"meta":\#(meta)}"#, status: status)
  }

  private func number(of request: SimulatedRequest) -> Int? {
    guard let key = request.header("d360-api-key"),
      let number = worldState.world.accounts[account].numbersByKey[key],
      !worldState.isGone(number)
    else { return nil }
    return number
  }

  private func isPartners(_ request: SimulatedRequest) -> Bool {
    request.path.starts(with: ["api", "v2", "partners"])
  }

  /// The documented header, the channels' header, or a bearer: all are in use.
  private func partnerKey(of request: SimulatedRequest) -> String? {
    let bearer = request.header("authorization").map { String($0.dropFirst("Bearer ".count)) }
    return request.header("x-api-key") ?? request.header("d360-api-key") ?? bearer
  }

  private func health(of number: Int, _ request: SimulatedRequest) -> SimulatedAnswer {
    if let answer = Recordings.answer(of: worldState.world.numbers[number]) { return answer }
    let node = GraphNode.phoneNumber(number)
    let extra = GraphFields.names(in: request.query["fields"] ?? "")
    let fields = ["health_status"] + extra.filter { $0 != "health_status" && $0 != "id" } + ["id"]
    return GraphFields(worldState: worldState, account: account, version: "v24.0").answer(
      node,
      fields: fields
    )
  }

  private func olderTemplates(of waba: Int, _ request: SimulatedRequest) -> SimulatedAnswer {
    let templates = Array(worldState.world.wabas[waba].templates)
    let offset = max(request.number("offset") ?? 0, 0)
    let limit = min(max(request.number("limit") ?? 100, 1), 1000)
    let items = templates.dropFirst(offset).prefix(limit).map { index in
      let template = worldState.world.templates[index]
      return JSONText.object([
        ("name", JSONText.quoted(template.name)),
        ("language", JSONText.quoted(template.language)),
        ("status", JSONText.quoted(worldState.status(ofTemplate: index).lowercased())),
        ("category", JSONText.quoted(template.category)),
        ("rejected_reason", "\"NONE\""),
      ])
    }
    return SimulatedAnswer(
      JSONText.object([
        ("count", String(items.count)),
        ("limit", String(limit)),
        ("offset", String(offset)),
        ("total", String(templates.count)),
        ("waba_templates", JSONText.list(items)),
      ])
    )
  }
}
