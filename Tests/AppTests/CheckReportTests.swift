import Foundation
import Health
import Monitor
import Screens
import TestSupport
import Testing

@testable import App
@testable import Reports

/// The three outputs of `check`, compared whole with what stands in Check/.
struct CheckReportTests {
  private static let report = CheckReport(
    of: CheckSamples.fleet,
    at: CheckSamples.moment
  )

  @Test func `the JSON is what was promised, key for key`() throws {
    try RecordedFile.named("Check/fleet.json").expect(Self.report.json)
    _ = try JSONSerialization.jsonObject(with: Data(Self.report.json.utf8))
  }

  @Test func `the table is worst first with the causes under each bad number`() throws {
    try RecordedFile.named("Check/fleet.text").expect(Self.report.text(width: 100, isASCII: false))
  }

  @Test func `the table of a narrow terminal in ASCII`() throws {
    let text = Self.report.text(width: 60, isASCII: true)
    // A link stays whole.
    let lines = text.components(separatedBy: "\n").filter { !$0.contains("https://") }
    #expect(lines.allSatisfy { $0.count <= 60 })
    try RecordedFile.named("Check/fleet-narrow.text").expect(text)
  }

  @Test func `a cause of several numbers is told once with its fix, and nothing is cut`() {
    let name = "Nordwind Retail Group, Support and Returns, Northern Region, Second Shift"
    let waba = HealthEntity(
      type: AsSent("WABA"),
      id: "102290129340398",
      canSendMessage: AsSent("BLOCKED"),
      errors: [EntityError(code: .number(141_006), description: "Payment error.", solution: nil)]
    )
    var fleet = Fleet()
    let readings = (1...11).map { place in
      let number = PhoneNumber(
        account: "direct",
        provider: "meta",
        target: "\(place)",
        label: "\(name) \(place)"
      )
      let report = HealthReport(root: AsSent("BLOCKED"), entities: [waba])
      return Reading(number: number, moment: .sample, result: .success(report))
    }
    _ = fleet.receive(FleetUpdate(readings: readings), at: .sample)
    let text = CheckReport(of: fleet, at: .sample).text(width: nil, isASCII: false)
    #expect(text.contains("✘ payment failed: WABA 102290129340398 (141006) · 11 numbers\n"))
    #expect(text.components(separatedBy: "Fix (you): ").count == 2)
    for place in 1...11 { #expect(text.contains("\(name) \(place)  ")) }
  }

  @Test func `the monitoring output is one line with figures and details after it`() throws {
    let text = Self.report.nagios
    let first = text.prefix { $0 != "|" }
    #expect(first.count <= 80)
    #expect(first.contains("1 of 6 blocked: payment failed: +447700900131 Acme UK"))
    #expect(text.count { $0 == "|" } == 1)
    try RecordedFile.named("Check/fleet.nagios").expect(text)
  }

  @Test func `no output holds a control character of a stranger's`() {
    let outputs = [
      Self.report.json, Self.report.nagios, Self.report.text(width: 100, isASCII: false),
    ]
    for output in outputs {
      let controls = output.unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202e}")
      }
      #expect(controls.isEmpty)
    }
  }

  @Test(arguments: [
    ([Severity.ok, .ok], ProcessStatus.ok),
    ([.ok, .unknown], .unknown),
    ([.ok, .unknown, .warning], .warning),
    ([.warning, .critical, .unknown], .critical),
    ([], .unknown),
  ])
  func `the exit status is the worst, and unknown is worse than fine only`(
    severities: [Severity],
    status: ProcessStatus
  ) {
    let fleet = CheckSamples.fleet(of: severities)
    #expect(CheckReport(of: fleet, at: CheckSamples.moment).exitStatus == status)
  }

  @Test func `a filter leaves the others out of the list and of the exit status`() throws {
    let report = try CheckReport(
      of: CheckSamples.fleet,
      filter: Filter("account=india severity:w"),
      at: CheckSamples.moment
    )
    #expect(report.numbers.map(\.number.account) == ["india"])
    #expect(report.exitStatus == .warning)
  }

  @Test func `nothing that passes the filter is unknown, in every output`() throws {
    let report = try CheckReport(
      of: CheckSamples.fleet,
      filter: Filter("nobody"),
      at: CheckSamples.moment
    )
    #expect(report.exitStatus == .unknown)
    #expect(report.text(width: 100, isASCII: true) == "No number to check.\n")
    #expect(report.nagios.hasPrefix("WABATOP UNKNOWN - no number to check|'ok'=0;;;0;0 "))
    #expect(report.json.contains(#""numbers": []"#))
  }

  @Test func `a list that is not whole is in the JSON and on stderr`() {
    let placeholder = PhoneNumber(account: "acme", provider: "kapso", target: nil)
    let known = PhoneNumber(account: "acme", provider: "kapso", target: "1")
    let gap = "List incomplete: its pages repeat (Kapso's numbers, 1 read)."
    var fleet = Fleet()
    let readings = [
      Reading(
        number: known,
        moment: .sample,
        result: .success(HealthReport(root: AsSent("AVAILABLE")))
      ),
      Reading(
        number: placeholder,
        moment: .sample,
        result: .success(HealthReport(incomplete: gap))
      ),
    ]
    _ = fleet.receive(FleetUpdate(readings: readings), at: .sample)
    let report = CheckReport(of: fleet, at: .sample)
    #expect(report.numbers.map(\.severity) == [.ok, .unknown])
    #expect(report.accountTroubles == ["account acme: \(gap)"])
    #expect(report.json.contains(#""outcome": "answered_partly""#))
    #expect(report.json.contains(#""message": "\#(gap)""#))
    #expect(report.exitStatus == .unknown)
  }
}
