extension Dialog360Endpoints {
  /// `GET /api/v2/partners/{id}/channels`: all channels of a partner, without their keys.
  func partnerAnswer(_ request: SimulatedRequest) -> SimulatedAnswer {
    let account = worldState.world.accounts[account]
    guard request.path.count == 5, request.path[4] == "channels" else {
      return Self.error("Resource not found", status: 404)
    }
    guard request.path[3] == account.sid else {
      return Self.error("Partner \(request.path[3]) is not permitted", status: 403)
    }
    let numbers = account.numbers.filter { !worldState.isGone($0) }
    let offset = max(request.number("offset") ?? 0, 0)
    let limit = min(max(request.number("limit") ?? 20, 1), 1000)
    let channels = numbers.dropFirst(offset).prefix(limit).map(channel)
    return SimulatedAnswer(
      JSONText.object([
        ("count", String(channels.count)),
        ("filters", "{}"),
        ("sort", "[\"id\"]"),
        ("limit", String(limit)),
        ("offset", String(offset)),
        ("total", String(numbers.count)),
        ("partner_channels", JSONText.list(channels)),
      ])
    ).about(.lists)
  }

  private func channel(_ index: Int) -> String {
    let number = worldState.world.numbers[index]
    let waba = worldState.world.wabas[number.waba]
    let business = worldState.world.businesses[waba.business]
    let owner = #"{"name":\#(JSONText.quoted(business.name))}"#
    let setup = JSONText.object([
      ("phone_number", JSONText.quoted(number.digits)),
      ("phone_name", JSONText.quoted(worldState.name(of: index))),
    ])
    return JSONText.object([
      ("id", JSONText.quoted("demoCH\(index + 1)")),
      (
        "waba_account",
        JSONText.object([
          ("external_id", JSONText.quoted(waba.id)),
          ("status", "\"ACTIVE\""),
          ("on_behalf_of_business_info", owner),
        ])
      ),
      ("setup_info", setup),
      ("current_quality_rating", JSONText.quoted(worldState.quality(of: index))),
      ("current_limit", JSONText.quoted(worldState.limit(of: index))),
      ("status", worldState.status(of: index) == "CONNECTED" ? "\"ready\"" : "\"disabled\""),
      ("hub_status", "\"running\""),
      ("availability_status", "\"available\""),
      ("account_mode", "\"LIVE\""),
      ("cancelled_at", "null"),
      ("is_on_biz_app", "false"),
    ])
  }
}
