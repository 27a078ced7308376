import Foundation
import Health
import Reports
import Simulator
import TestSupport
import Testing

@testable import App

/// The whole way, from a provider's bytes on a socket to what `check` prints.
@Suite(.realTime) struct CheckOverHTTPTests {
  /// What differs from run to run is replaced; everything else is compared.
  private static func settled(_ json: String) -> String {
    json
      .replacing(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/, with: "\"…\"")
      .replacing(/"latency_ms": \d+/, with: "\"latency_ms\": …")
      .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:…")
  }

  @Test func `every published answer is told as the provider meant it`() async throws {
    let check = try await SimulatedCheck.run(.reference())
    try RecordedFile.named("Check/reference.json").expect(Self.settled(check.report.json))
  }

  @Test func `each fault has its own outcome and touches no other number`() async throws {
    let check = try await SimulatedCheck.run(FaultCase.scenario, requestTimeout: .seconds(5))
    #expect(check.report.numbers.count == FaultCase.all.count + 1)
    for number in check.report.numbers {
      let fault = FaultCase.all.first { $0.name == number.number.account }
      #expect(number.poll.outcome == fault?.outcome ?? .answered, "\(number.number.account)")
      guard number.report == nil else { continue }
      #expect(number.severity == .unknown)
      #expect(number.verdict.word == .unknown && number.verdict.note != nil)
      #expect(number.poll.message != nil)
    }
    #expect(Set(FaultCase.all.map(\.outcome)) == Set(PollOutcome.allCases))
  }

  @Test func `a thousand numbers with faults among them are all in the list`() async throws {
    let check = try await SimulatedCheck.run(
      .faults(numbers: 1000),
      timeout: .seconds(25),
      requestTimeout: .seconds(5)
    )
    let accounts = Set(check.report.numbers.map(\.number.account))
    #expect(accounts == Set(check.simulation.accounts.map(\.name)))
    let sound = check.report.numbers.filter { $0.number.account == "direct" }
    #expect(sound.count == check.simulation.accounts.first { $0.name == "direct" }?.numbers.count)
    #expect(sound.allSatisfy { $0.severity == .ok })
  }

  @Test func `what has not answered when the time is up has timed out`() async throws {
    var scenario = Scenario.standard(numbers: 6)
    scenario.events = [Scenario.Event(on: Scenario.Scope(account: "acme"), fault: .silence)]
    let check = try await SimulatedCheck.run(scenario, timeout: .seconds(6))
    for number in check.report.numbers {
      let isSilent = number.number.account == "acme"
      #expect(number.poll.outcome == (isSilent ? .timedOut : .answered))
    }
  }

  @Test func `no key is in any output or log, whatever goes wrong`() async throws {
    let folder = try TemporaryFolder()
    let log = LogFile(path: "\(folder.path)/check.log")
    let check = try await SimulatedCheck.run(
      .faults(numbers: 300),
      requestTimeout: .seconds(5),
      log: log
    )
    let text = check.outputs + (try folder.read("check.log"))
    let keys = check.simulation.accounts.map(\.key) + check.simulation.numbers.map(\.key)
    for key in Set(keys) where !key.isEmpty { #expect(!text.contains(key)) }
  }
}
