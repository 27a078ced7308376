import Health
import Providers
import Simulator
import TestSupport
import Testing
import Transport

/// Every fault of the simulator as the transport sees it.
@Suite(.realTime) struct FaultTests {
  private func answer(
    with fault: Fault,
    provider: Scenario.Provider = .kapso,
    timeout: Duration = .seconds(10)
  ) async throws -> Result<HTTPAnswer, ProviderError> {
    let scenario = Scenario(
      name: "fault",
      accounts: [Scenario.Account(name: "a", provider: provider, count: 1)],
      events: [Scenario.Event(on: Scenario.Scope(account: "a"), fault: fault)]
    )
    return try await withSimulator(scenario) { world in
      do throws(ProviderError) {
        return .success(try await world.health(of: "a", timeout: timeout))
      } catch {
        return .failure(error)
      }
    }
  }

  @Test(arguments: Scenario.Provider.allCases)
  func `a sound number of each provider is answered with its health`(
    provider: Scenario.Provider
  ) async throws {
    let scenario = Scenario(
      name: "sound",
      accounts: [Scenario.Account(name: "a", provider: provider, count: 1)]
    )
    let answer = try await withSimulator(scenario) { try await $0.health(of: "a") }

    #expect(answer.status == 200)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("can_send_message"))
    #expect(answer.header("content-type") == "application/json")
    #expect(answer.latency > .zero)
  }

  @Test func `an answer with any status is no error`() async throws {
    for status in [403, 500, 502, 503] {
      let answer = try await answer(with: .gateway(status: status)).get()
      #expect(answer.status == status)
      #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("<html>"))
    }
  }

  @Test(arguments: [Scenario.Provider.kapso, .kaleyra, .meta, .dialog360])
  func `too many requests are said in the provider's way`(provider: Scenario.Provider) async throws
  {
    let answer = try await answer(with: .throttled(retryAfter: "17"), provider: provider).get()

    switch provider {
    case .kapso, .kaleyra:
      #expect(answer.status == 429)
      #expect(answer.header("Retry-After") == "17")
    default: #expect(answer.status == 400)
    }
  }

  @Test(arguments: [Fault.silence, .drip(.milliseconds(20)), .latency(.seconds(30))])
  func `what does not end within the deadline has timed out`(fault: Fault) async throws {
    let start = ContinuousClock.now
    let result = try await answer(with: fault, timeout: .milliseconds(300))

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .timedOut)
    #expect(error?.message.contains("did not answer within 300ms") == true)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `a connection that is reset is unreachable`() async throws {
    let error = await #expect(throws: ProviderError.self) { try await answer(with: .reset).get() }

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("127.0.0.1") == true)
  }

  @Test(arguments: [Fault.truncated, .oversized])
  func `a body that breaks off or does not end is unintelligible`(fault: Fault) async throws {
    let error = await #expect(throws: ProviderError.self) { try await answer(with: fault).get() }

    #expect(error?.kind == .unintelligible)
    #expect(error?.httpStatus == 200)
  }

  @Test(arguments: [("", 0), ("null", 4), ("[]", 2)])
  func `a strange body arrives as it is`(text: String, count: Int) async throws {
    let answer = try await answer(with: .body(text)).get()

    #expect(answer.status == 200)
    #expect(answer.body.count == count)
  }

  @Test func `half a body and a deep one arrive as they are`() async throws {
    let cut = try await answer(with: .cut).get()
    let deep = try await answer(with: .nesting).get()

    #expect(cut.body.last != UInt8(ascii: "}") || cut.body.count < 1000)
    #expect(deep.body.count > 40_000)
  }

  @Test func `a redirect on the same host is followed with the key`() async throws {
    let answer = try await answer(with: .redirect(to: "self")).get()

    #expect(answer.status == 200)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("healthy"))
  }

  @Test(arguments: [
    "http://localhost.invalid/health", "https://127.0.0.1/x", "http://127.0.0.1:9/x",
    "//evil.invalid/",
  ])
  func `a redirect to another server is not followed`(place: String) async throws {
    let result = try await answer(with: .redirect(to: place))

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unintelligible)
    #expect(error?.message.contains("redirects to") == true)
  }

  @Test func `a wrong key and a revoked one are refused`() async throws {
    var scenario = Scenario.standard(numbers: 60)
    scenario.events = [
      Scenario.Event(on: Scenario.Scope(account: "direct"), change: StateChange(revokesKey: true))
    ]
    let statuses = try await withSimulator(scenario) { world in
      var statuses: [Int] = []
      for account in ["acme", "shops", "india", "partner", "legacy"] {
        statuses.append(try await world.health(of: account, key: "wrong").status)
      }
      return statuses + [try await world.health(of: "direct").status]
    }

    #expect(statuses == [401, 401, 401, 401, 401, 401])
  }

  @Test func `an account that grants ten a minute says how many are left and then refuses`()
    async throws
  {
    var account = Scenario.Account(name: "a", provider: .kapso, count: 1)
    account.grants = 10
    let start = ContinuousClock.now
    let scenario = Scenario(name: "budget", accounts: [account])
    let answers = try await withSimulator(scenario, stoppedAt: start) { world in
      var answers: [HTTPAnswer] = []
      for _ in 0..<11 { answers.append(try await world.health(of: "a")) }
      return answers
    }

    #expect(answers[0].header("X-RateLimit-Limit") == "10")
    #expect(answers[9].header("X-RateLimit-Remaining") == "0")
    #expect(answers[9].status == 200)
    #expect(answers[10].status == 429)
    #expect(answers[10].header("Retry-After") == "60")
  }

  @Test func `every sample of the reference pages comes byte for byte`() async throws {
    let scenario = Scenario.reference()
    try await withSimulator(scenario) { world in
      for account in scenario.accounts {
        for (place, number) in account.numbers.enumerated() {
          let answer = try await world.health(of: account.name, number: place)
          let recording = try #require(number.answer)
          #expect(answer.body == Recordings.bytes(named: recording.file))
          #expect(answer.status == recording.status)
        }
      }
    }
  }
}
