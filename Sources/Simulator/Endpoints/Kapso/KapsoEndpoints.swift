/// Kapso's platform API: the health of a number, and the list of numbers.
struct KapsoEndpoints: ProviderEndpoints {
  let worldState: WorldState
  let account: Int

  func accepts(_ request: SimulatedRequest) -> Bool {
    request.header("x-api-key") == worldState.world.accounts[account].key
      && !worldState.state.revokedAccounts.contains(account)
  }

  var keyRefused: SimulatedAnswer { Self.error("Invalid API key", status: 401) }

  func throttled(retryAfter: String?) -> SimulatedAnswer {
    var answer = Self.error("Rate limit exceeded", status: 429)
    answer.headers = [("Retry-After", retryAfter ?? "60"), ("X-RateLimit-Remaining", "0")]
    return answer
  }

  func usage(_ meter: RequestMeter.Reading) -> [(String, String)] {
    [
      ("X-RateLimit-Limit", String(meter.granted)),
      ("X-RateLimit-Remaining", String(max(0, meter.granted - meter.used))),
    ]
  }

  func answer(_ request: SimulatedRequest) -> SimulatedAnswer {
    let path = request.path
    guard path.count >= 4, path[..<4] == ["platform", "v1", "whatsapp", "phone_numbers"] else {
      return Self.error("Not found", status: 404)
    }
    switch path.count {
    case 4: return list(request).about(.lists)
    case 5: return single(String(path[4]))
    case 6 where path[5] == "health": return health(String(path[4]))
    default: return Self.error("Not found", status: 404)
    }
  }

  static func error(_ text: String, status: Int) -> SimulatedAnswer {
    SimulatedAnswer(JSONText.object([("error", JSONText.quoted(text))]), status: status)
  }

  private func health(_ id: String) -> SimulatedAnswer {
    guard let number = known(id) else { return Self.unknownNumber.about(.health) }
    if let answer = Recordings.answer(of: worldState.world.numbers[number]) {
      return answer.about(.health, number: number)
    }
    return SimulatedAnswer(KapsoHealth(worldState: worldState, number: number).text)
      .about(.health, number: number, waba: worldState.world.numbers[number].waba)
  }

  private func single(_ id: String) -> SimulatedAnswer {
    guard let number = known(id) else { return Self.unknownNumber }
    return SimulatedAnswer(JSONText.object([("data", item(number))])).about(.facts, number: number)
  }

  private func known(_ id: String) -> Int? {
    guard let number = worldState.world.accounts[account].numbersByID[id],
      !worldState.isGone(number)
    else { return nil }
    return number
  }

  private static let unknownNumber = error("Phone number not found", status: 404)

  private func list(_ request: SimulatedRequest) -> SimulatedAnswer {
    let numbers = worldState.world.accounts[account].numbers.filter { !worldState.isGone($0) }
    let perPage = min(max(request.number("per_page") ?? 20, 1), 100)
    let page = max(request.number("page") ?? 1, 1)
    let items = numbers.dropFirst((page - 1) * perPage).prefix(perPage).map(item)
    let meta = JSONText.object([
      ("page", String(page)),
      ("per_page", String(perPage)),
      ("total_pages", String((numbers.count + perPage - 1) / perPage)),
      ("total_count", String(numbers.count)),
    ])
    return SimulatedAnswer(JSONText.object([("data", JSONText.list(items)), ("meta", meta)]))
  }

  private func item(_ index: Int) -> String {
    let number = worldState.world.numbers[index]
    let isVerified = worldState.state.numbers[index]?.webhookVerified ?? true
    return JSONText.object([
      ("id", JSONText.quoted("kapso-\(number.id)")),
      ("internal_id", JSONText.quoted("kapso-\(number.id)")),
      ("phone_number_id", JSONText.quoted(number.id)),
      ("name", JSONText.quoted(worldState.name(of: index))),
      ("business_account_id", JSONText.quoted(worldState.world.wabas[number.waba].id)),
      ("customer_id", "null"),
      ("is_coexistence", "false"),
      ("webhook_verified_at", isVerified ? "\"2026-01-15T10:30:00Z\"" : "null"),
      ("display_phone_number", JSONText.quoted(number.display)),
      ("display_phone_number_normalized", JSONText.quoted(number.digits)),
      ("verified_name", JSONText.quoted(worldState.name(of: index))),
      ("quality_rating", JSONText.quoted(worldState.quality(of: index))),
      ("throughput_tier", JSONText.quoted(worldState.limit(of: index))),
      ("whatsapp_business_manager_messaging_limit", JSONText.quoted("10000")),
      ("name_status", JSONText.quoted(worldState.nameStatus(of: index))),
      ("status", JSONText.quoted(worldState.status(of: index))),
      ("is_official_business_account", "false"),
    ])
  }
}
