import Health
import Monitor
import Simulator

/// Something that goes wrong for an account of one number, and the outcome that says so.
struct FaultCase: Sendable {
  let name: String
  let outcome: PollOutcome
  var provider = Scenario.Provider.kapso
  var listing = Scenario.Listing.numbers
  var fault: Fault?
  var change = StateChange()

  static let all: [FaultCase] = [
    FaultCase(name: "slow", outcome: .answered, fault: .latency(.milliseconds(300))),
    FaultCase(name: "reset", outcome: .unreachable, fault: .reset),
    FaultCase(name: "throttled", outcome: .throttled, fault: .throttled(retryAfter: "60")),
    FaultCase(
      name: "throttled-long",
      outcome: .throttled,
      fault: .throttled(retryAfter: "9999999")
    ),
    FaultCase(name: "gateway", outcome: .providerError, fault: .gateway(status: 503)),
    FaultCase(name: "truncated", outcome: .unintelligible, fault: .truncated),
    FaultCase(name: "oversized", outcome: .unintelligible, fault: .oversized),
    FaultCase(name: "nested", outcome: .unintelligible, fault: .nesting),
    FaultCase(name: "silent", outcome: .timedOut, fault: .silence),
    FaultCase(
      name: "elsewhere",
      outcome: .unintelligible,
      fault: .redirect(to: "http://localhost.invalid/health")
    ),
    FaultCase(name: "empty", outcome: .unintelligible, fault: .body("")),
    FaultCase(name: "null", outcome: .unintelligible, fault: .body("null")),
    FaultCase(name: "list", outcome: .unintelligible, fault: .body("[]")),
    FaultCase(name: "object", outcome: .unintelligible, fault: .body("{}")),
    FaultCase(
      name: "login",
      outcome: .unintelligible,
      fault: .body("<html><title>Log in</title></html>")
    ),
    FaultCase(
      name: "revoked",
      outcome: .credentialRejected,
      change: StateChange(revokesKey: true)
    ),
    FaultCase(name: "gone", outcome: .numberRefused, change: StateChange(number: gone)),
    FaultCase(
      name: "uncheckable",
      outcome: .providerError,
      change: StateChange(number: checkFails)
    ),
    FaultCase(name: "listed", outcome: .answeredPartly, provider: .dialog360, listing: .partner),
  ]

  /// All of them side by side, and an account that nothing happens to.
  static var scenario: Scenario {
    let accounts = all.map { fault in
      Scenario.Account(
        name: fault.name,
        provider: fault.provider,
        count: 1,
        listing: fault.listing
      )
    }
    return Scenario(
      name: "faults, one by one",
      accounts: accounts + [Scenario.Account(name: "sound", provider: .meta, count: 1)],
      events: all.map { fault in
        Scenario.Event(
          on: Scenario.Scope(account: fault.name),
          change: fault.change,
          fault: fault.fault
        )
      }
    )
  }

  private static var gone: NumberChange {
    var change = NumberChange()
    change.isGone = true
    return change
  }

  private static var checkFails: NumberChange {
    var change = NumberChange()
    change.checkFails = true
    return change
  }
}
