/// Kapso's health of one number: its own checks around Meta's health object.
struct KapsoHealth {
  private let worldState: WorldState
  private let number: Int
  private let change: NumberChange
  private let entities: [EntityAnswer]
  private let overall: String?

  init(worldState: WorldState, number: Int) {
    self.worldState = worldState
    self.number = number
    change = worldState.change(of: number)
    entities = worldState.entities(ofNumber: number)
    overall = WorldState.overall(entities)
  }

  var text: String {
    if change.checkFails == true {
      return JSONText.object([
        ("status", "\"error\""),
        ("timestamp", JSONText.quoted(worldState.timestamp)),
        ("error", JSONText.quoted("Health check could not be completed")),
      ])
    }
    return JSONText.object([
      ("status", JSONText.quoted(status)),
      ("timestamp", JSONText.quoted(worldState.timestamp)),
      ("checks", checks),
    ])
  }

  private var isTokenDead: Bool { change.tokenValid == false }
  private var isSubscribed: Bool { change.webhookSubscribed ?? true }
  private var isVerified: Bool { change.webhookVerified ?? true }

  private var status: String {
    if isTokenDead || overall == "BLOCKED" { return "unhealthy" }
    return overall == "LIMITED" || !isSubscribed || !isVerified ? "degraded" : "healthy"
  }

  private var checks: String {
    JSONText.object([
      ("phone_number_access", isTokenDead ? failed(400) : access),
      ("messaging_health", isTokenDead ? failed(400) : messaging),
      ("webhook_subscription", isTokenDead ? failed(401) : subscription),
      ("webhook_verified", verification),
    ])
  }

  private var access: String {
    let node = worldState.world.numbers[number]
    let details = JSONText.object([
      ("verified_name", JSONText.quoted(worldState.name(of: number))),
      ("display_phone_number", JSONText.quoted(node.display)),
      ("quality_rating", JSONText.quoted(worldState.quality(of: number))),
      ("status", JSONText.quoted(worldState.status(of: number))),
      ("throughput_tier", JSONText.quoted(worldState.limit(of: number))),
      ("id", JSONText.quoted(node.id)),
    ])
    return #"{"passed":true,"details":\#(details)}"#
  }

  private var messaging: String {
    JSONText.object([
      ("passed", overall == "BLOCKED" ? "false" : "true"),
      ("overall_status", overall.map(JSONText.quoted)),
      ("details", WorldState.health(entities, shape: change.health)),
    ])
  }

  private var subscription: String {
    let fields = isSubscribed ? #"["messages","message_template_status_update"]"# : "null"
    let app = JSONText.quoted(
      worldState.world.accounts[worldState.world.numbers[number].account].appID
    )
    let details =
      #"{"app_id":\#(app),"subscribed":\#(isSubscribed),"subscribed_fields":\#(fields)}"#
    return #"{"passed":\#(isSubscribed),"details":\#(details)}"#
  }

  private var verification: String {
    let message =
      isVerified
      ? "Webhook successfully verified at 2026-01-15 10:30:00 UTC" : "Webhook not verified yet"
    let details = JSONText.object([
      ("verified_at", isVerified ? "\"2026-01-15T10:30:00Z\"" : "null"),
      ("message", JSONText.quoted(message)),
    ])
    return #"{"passed":\#(isVerified),"details":\#(details)}"#
  }

  /// Kapso passes on Meta's refusal as Ruby text; the checks show different statuses for one token.
  private func failed(_ status: Int) -> String {
    let error = """
      Meta Graph API error: \(status) - {"error" => {"message" => "Error validating access token: \
      The session has been invalidated.", "type" => "OAuthException", "code" => 190, \
      "error_subcode" => 460, "fbtrace_id" => "AdemoTrace190"}}
      """
    return #"{"passed":false,"error":\#(JSONText.quoted(error))}"#
  }
}
