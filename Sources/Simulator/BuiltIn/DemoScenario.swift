extension Scenario {
  /// The scenario of `wabatop demo`: mostly green, with events that repeat every six minutes.
  ///
  /// A few things are wrong from the first second. Within two minutes a WABA gets blocked, a template
  /// is paused, a key is revoked, a provider slows down, and most of it recovers.
  package static func demo(numbers: Int = 60, seed: UInt64 = 1) -> Scenario {
    Scenario(
      name: "demo",
      seed: seed,
      accounts: usualAccounts(numbers).map { account in
        var account = account
        account.latency = demoLatency[account.provider] ?? .zero
        account.callingExpected = account.name == "legacy"
        return account
      },
      events: demoBeginning + demoShares + demoStory
    )
  }

  private static let demoLatency: [Provider: Duration] = [
    .kapso: .milliseconds(180), .dialog360: .milliseconds(90), .kaleyra: .milliseconds(140),
    .meta: .milliseconds(60), .graph: .milliseconds(40),
  ]

  private static let nameNotApproved = """
    Your display name has not been approved yet. Your message limit will increase after the \
    display name is approved.
    """

  /// Single numbers with faults from the start, the same in a demo of any size.
  private static let demoBeginning = [
    Event(
      on: Scope(account: "acme", number: "2"),
      change: StateChange(number: NumberChange(quality: "RED"))
    ),
    Event(
      on: Scope(account: "acme", number: "7"),
      change: StateChange(number: unverifiedWebhook)
    ),
    Event(
      on: Scope(account: "shops", number: "3"),
      change: StateChange(
        number: NumberChange(send: "LIMITED", info: [nameNotApproved], nameStatus: "DECLINED")
      )
    ),
    Event(
      on: Scope(account: "direct", number: "8"),
      change: StateChange(
        number: NumberChange(send: "BLOCKED", errors: [141000], status: "PENDING")
      )
    ),
    Event(
      on: Scope(account: "direct", number: "11"),
      change: StateChange(number: NumberChange(quality: "YELLOW"))
    ),
    Event(
      on: Scope(account: "partner", number: "2"),
      change: StateChange(number: NumberChange(health: .missing))
    ),
    Event(
      until: .seconds(90),
      every: .seconds(360),
      on: Scope(account: "legacy"),
      change: StateChange(
        business: EntityChange(send: "LIMITED", errors: [141010], review: "not_verified")
      )
    ),
  ]

  private static let unverifiedWebhook = {
    var change = NumberChange()
    change.webhookVerified = false
    return change
  }()

  /// Small shares of the numbers, which exist in large demos only.
  private static let demoShares = [
    Event(
      on: Scope(share: 0.004),
      change: StateChange(number: NumberChange(quality: "RED"))
    ),
    Event(
      on: Scope(share: 0.012),
      change: StateChange(number: NumberChange(quality: "YELLOW"))
    ),
    Event(
      on: Scope(share: 0.006),
      change: StateChange(
        number: NumberChange(send: "LIMITED", info: [nameNotApproved], nameStatus: "PENDING_REVIEW")
      )
    ),
    Event(
      on: Scope(share: 0.002),
      change: StateChange(number: NumberChange(status: "DISCONNECTED"))
    ),
  ]

  private static func story(
    from start: Int64,
    to end: Int64,
    on scope: Scope,
    change: StateChange = StateChange(),
    fault: Fault? = nil
  ) -> Event {
    Event(
      at: .seconds(start),
      until: .seconds(end),
      every: .seconds(360),
      on: scope,
      change: change,
      fault: fault
    )
  }

  private static let demoStory = [
    story(from: 12, to: 60, on: Scope(account: "shops"), fault: .latency(.milliseconds(2500))),
    story(
      from: 25,
      to: 110,
      on: Scope(account: "direct", waba: "1"),
      change: StateChange(waba: EntityChange(send: "BLOCKED", errors: [141006]))
    ),
    story(
      from: 40,
      to: 230,
      on: Scope(account: "direct", waba: "1"),
      change: StateChange(
        template: TemplateChange(template: "1", status: "PAUSED", quality: "RED")
      )
    ),
    story(
      from: 55,
      to: 200,
      on: Scope(account: "india"),
      change: StateChange(revokesKey: true)
    ),
    story(
      from: 70,
      to: 300,
      on: Scope(account: "acme", number: "5"),
      change: StateChange(number: NumberChange(send: "BLOCKED", errors: [141014], status: "BANNED"))
    ),
    story(
      from: 80,
      to: 170,
      on: Scope(account: "acme", number: "9"),
      change: StateChange(number: NumberChange(quality: "YELLOW"))
    ),
    story(from: 115, to: 145, on: Scope(account: "partner"), fault: .gateway(status: 503)),
    story(
      from: 180,
      to: 280,
      on: Scope(account: "acme", waba: "2"),
      change: StateChange(waba: EntityChange(send: "LIMITED", errors: [141006]))
    ),
    story(from: 240, to: 270, on: Scope(account: "shops"), fault: .throttled(retryAfter: nil)),
  ]
}
