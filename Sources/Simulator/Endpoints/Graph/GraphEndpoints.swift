/// Meta's Graph API, and compatible providers.
struct GraphEndpoints: ProviderEndpoints {
  let worldState: WorldState
  let account: Int

  func accepts(_ request: SimulatedRequest) -> Bool {
    request.header("authorization") == "Bearer \(worldState.world.accounts[account].key)"
      && !worldState.state.revokedAccounts.contains(account)
  }

  var keyRefused: SimulatedAnswer {
    Self.error(
      190,
      "Error validating access token: The session has been invalidated.",
      type: "OAuthException",
      subcode: 463,
      status: 401
    )
  }

  /// Meta throttles with 400, without `Retry-After`; the wait is in the usage header, in minutes.
  func throttled(retryAfter: String?) -> SimulatedAnswer {
    var answer = Self.error(
      80008,
      "(#80008) There have been too many calls to this WhatsApp Business account."
    )
    answer.headers = [("X-Business-Use-Case-Usage", usageText(percent: 100, minutes: 1))]
    if let retryAfter { answer.headers.append(("Retry-After", retryAfter)) }
    return answer
  }

  func usage(_ meter: RequestMeter.Reading) -> [(String, String)] {
    let percent = meter.used * 100 / max(1, meter.granted)
    return [
      ("X-App-Usage", #"{"call_count":\#(percent),"total_time":1,"total_cputime":1}"#),
      ("X-Business-Use-Case-Usage", usageText(percent: percent, minutes: 0)),
    ]
  }

  private func usageText(percent: Int, minutes: Int) -> String {
    let first = worldState.world.accounts[account].businesses.first ?? 0
    let id = worldState.world.businesses[first].id
    return """
      {"\(id)":[{"type":"whatsapp_business_management","call_count":\(percent),\
      "total_cputime":1,"total_time":1,"estimated_time_to_regain_access":\(minutes)}]}
      """
  }

  static func error(
    _ code: Int,
    _ message: String,
    type: String = "OAuthException",
    subcode: Int? = nil,
    status: Int = 400
  ) -> SimulatedAnswer {
    let error = JSONText.object([
      ("message", JSONText.quoted(message)),
      ("type", JSONText.quoted(type)),
      ("code", String(code)),
      ("error_subcode", subcode.map { String($0) }),
      ("fbtrace_id", JSONText.quoted("AdemoTrace\(code)")),
    ])
    return SimulatedAnswer(#"{"error":\#(error)}"#, status: status)
  }

  func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
    guard request.path.count >= 2, let version = Self.version(request.path[0]) else {
      return Self.error(2500, "Unknown path components: /\(request.path.joined(separator: "/"))")
    }
    let id = String(request.path[1])
    if id == "debug_token" { return tokenState.about(.facts) }
    guard let node = node(id) else { return Self.unknown(id).about(.health) }
    let fields = GraphFields(worldState: worldState, account: account, version: version)
    guard request.path.count == 3 else { return read(node, request, fields) }
    switch (node, request.path[2]) {
    case (.waba(let waba), "phone_numbers"): return phoneNumbers(of: waba, request, fields)
    case (.waba(let waba), "message_templates"):
      return GraphTemplates(worldState: worldState, account: account, version: version)
        .list(of: waba, request).about(.templates, waba: waba)
    case (.waba(let waba), "subscribed_apps"):
      return subscribedApps(of: waba).about(.facts, waba: waba)
    case (.business(let business), "owned_whatsapp_business_accounts"):
      return wabas(of: business, request, fields)
    case (.business, "client_whatsapp_business_accounts"):
      return SimulatedAnswer(#"{"data":[]}"#).about(.lists)
    default:
      // An edge of another kind of node: Graph treats it as an unknown field.
      return GraphFields.Refusal(field: String(request.path[2]), node: node).answer.about(.lists)
    }
  }

  private static func version(_ part: Substring) -> String? {
    part.hasPrefix("v") && part.dropFirst().first?.isNumber == true ? String(part) : nil
  }

  private static func unknown(_ id: String) -> SimulatedAnswer {
    error(
      100,
      "Unsupported get request. Object with ID '\(id)' does not exist, cannot be loaded due to "
        + "missing permissions, or does not support this operation.",
      type: "GraphMethodException",
      subcode: 33
    )
  }

  /// Only the account's own nodes: others do not exist for it.
  private func node(_ id: String) -> GraphNode? {
    if let number = worldState.world.accounts[account].numbersByID[id] {
      return worldState.isGone(number) ? nil : .phoneNumber(number)
    }
    return worldState.world.accounts[account].nodesByID[id]
  }

  private func read(
    _ node: GraphNode,
    _ request: SimulatedRequest,
    _ fields: GraphFields
  ) -> SimulatedAnswer {
    let names = request.query["fields"].map(GraphFields.names) ?? node.defaultFields
    let answer = fields.answer(node, fields: names)
    switch node {
    case .phoneNumber(let index):
      let number = worldState.world.numbers[index]
      return (Recordings.answer(of: number) ?? answer)
        .about(.health, number: index, waba: number.waba)
    case .waba(let waba): return answer.about(.facts, waba: waba)
    case .business: return answer.about(.facts)
    case .template(let template):
      return answer.about(.templates, waba: worldState.world.templates[template].waba)
    }
  }

  /// Every number of a WABA that belongs to this account, a page at a time.
  private func phoneNumbers(
    of waba: Int,
    _ request: SimulatedRequest,
    _ fields: GraphFields
  ) -> SimulatedAnswer {
    let numbers = worldState.world.wabas[waba].numbers.filter {
      worldState.world.numbers[$0].account == account && !worldState.isGone($0)
    }
    guard let page = GraphPage(of: numbers.count, request) else {
      return Self.error(131059, "(#131059) Invalid paging cursor").about(.health, waba: waba)
    }
    let names = request.query["fields"].map(GraphFields.names)
    var elements: [String] = []
    for index in numbers[page.range] {
      if let recording = Recordings.answer(of: worldState.world.numbers[index]) {
        elements.append(String(decoding: recording.body, as: UTF8.self))
        continue
      }
      let node = GraphNode.phoneNumber(index)
      switch fields.object(node, fields: names ?? node.defaultFields) {
      case .success(let text): elements.append(text)
      case .failure(let refusal): return refusal.answer.about(.health, waba: waba)
      }
    }
    return SimulatedAnswer(page.text(elements)).about(.health, waba: waba)
  }

  private func wabas(
    of business: Int,
    _ request: SimulatedRequest,
    _ fields: GraphFields
  ) -> SimulatedAnswer {
    let wabas = worldState.world.accounts[account].wabas.filter {
      worldState.world.wabas[$0].business == business
    }
    guard let page = GraphPage(of: wabas.count, request) else {
      return Self.error(131059, "(#131059) Invalid paging cursor").about(.lists)
    }
    let names = request.query["fields"].map(GraphFields.names)
    let elements = wabas[page.range].compactMap { waba in
      try? fields.object(.waba(waba), fields: names ?? GraphNode.waba(waba).defaultFields).get()
    }
    return SimulatedAnswer(page.text(elements)).about(.lists)
  }

  /// Empty if a number of the WABA has an unsubscribed webhook.
  private func subscribedApps(of waba: Int) -> SimulatedAnswer {
    let isSubscribed = worldState.world.wabas[waba].numbers.allSatisfy {
      worldState.change(of: $0).webhookSubscribed ?? true
    }
    guard isSubscribed else { return SimulatedAnswer(#"{"data":[]}"#) }
    let id = JSONText.quoted(worldState.world.accounts[account].appID)
    let app = #"{"id":\#(id),"name":"Demo App","link":"https://example.com/app"}"#
    return SimulatedAnswer(#"{"data":[{"whatsapp_business_api_data":\#(app)}]}"#)
  }

  /// A system user's token, which never expires.
  private var tokenState: SimulatedAnswer {
    let id = JSONText.quoted(worldState.world.accounts[account].appID)
    let scopes =
      #"["whatsapp_business_management","whatsapp_business_messaging","business_management"]"#
    return SimulatedAnswer(
      #"{"data":{"app_id":\#(id),"type":"SYSTEM_USER","is_valid":true,"expires_at":0,"#
        + #""data_access_expires_at":0,"scopes":\#(scopes)}}"#
    )
  }
}
