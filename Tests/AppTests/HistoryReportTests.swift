import Foundation
import Health
import History
import HistorySQLite
import TestSupport
import Testing

@testable import App
@testable import Monitor
@testable import Reports

/// What `wabatop history` makes of what was recorded.
struct HistoryReportTests {
  private static let start = Date(timeIntervalSince1970: 1_767_225_600)
  private static let acme = PhoneNumber.sample("106540352242922", label: "Acme, \"Orders\"")
  private static let globex = PhoneNumber.sample("106540352242923", on: Account.samples[1])

  private static func hour(_ hours: Double) -> Date { start.addingTimeInterval(hours * 3600) }

  private static func state(
    _ number: PhoneNumber,
    from: HealthState? = nil,
    _ to: HealthState,
    at hours: Double
  ) -> Transition {
    Transition(
      date: hour(hours),
      subject: .number(number.id),
      names: Names("+44 7700 900131", detail: "Acme Orders UK"),
      event: .state(from: from, to: to),
      reason: to == .available
        ? nil
        : Change.Reason(
          key: "entity/WABA/102",
          summary: "WABA 102",
          code: "141006",
          text: nil,
          severity: "critical"
        )
    )
  }

  /// Ten hours: one number was blocked for an hour, and known all the time but for a quarter of an hour;
  /// of the other little is known.
  private static var batch: Batch {
    var batch = Batch()
    let now = Moment(date: hour(10), uptime: .seconds(36_000))
    for number in [acme, globex] {
      let report = HealthReport.sample(waba: .sample("WABA", "102938475610"))
      let reading = Reading.sample(number, .success(report), at: now)
      batch.numbers.append(NumberReadings(number: number, latest: reading, lastGood: reading))
    }
    batch.accounts = [.sample(Account.samples[0]), .sample(Account.samples[1])]
    batch.transitions = [
      state(acme, .available, at: 0), state(globex, .available, at: 0),
      state(acme, from: .available, .blocked, at: 2),
      state(acme, from: .blocked, .available, at: 3),
      // After a restart.
      state(acme, .available, at: 5),
      Transition(
        date: hour(6),
        subject: .account("acme"),
        names: Names("acme", detail: "kapso"),
        event: .answering
      ),
    ]
    let payment = Change.Reason(
      key: "entity/WABA/102",
      summary: "WABA 102",
      code: "141006",
      text: "Payment failed.",
      severity: "critical"
    )
    batch.incidents = [
      Incident(
        id: "a-1",
        reason: payment,
        start: hour(2),
        end: hour(3),
        worst: .blocked,
        announced: hour(2.02),
        victims: [Incident.Victim(.number(acme.id), joined: hour(2), left: hour(3))]
      ),
      Incident(
        id: "b-2",
        reason: Change.Reason(
          key: "offline",
          summary: "all accounts",
          code: nil,
          text: "unreachable",
          severity: nil
        ),
        start: hour(9),
        worst: .stale,
        announced: hour(9.02),
        victims: [acme, globex].map { Incident.Victim(.number($0.id), joined: hour(9)) }
      ),
    ]
    batch.templates = [
      DatedTemplates(
        TemplateList(waba: "102938475610", templates: .success([.sample("winter_promo")])),
        at: hour(1.5)
      )
    ]
    batch.incidents.append(
      Incident(
        id: "c-3",
        reason: Change.Reason(.templates(.paused)),
        start: hour(1),
        end: hour(1.5),
        worst: .warning,
        announced: hour(1.02),
        victims: ["winter_promo-en_GB", "gone"].map {
          Incident.Victim(
            .template(waba: "102938475610", id: $0),
            joined: hour(1),
            left: hour(1.5)
          )
        }
      )
    )
    batch.coverage = [
      Coverage(account: "direct", from: hour(0), to: hour(4)),
      Coverage(account: "direct", from: hour(4.25), to: hour(10)),
      Coverage(account: "acme", from: hour(0), to: hour(1)),
    ]
    return batch
  }

  private static func report(
    _ grouping: HistoryReport.Grouping = .number,
    names: [String] = [],
    filter: String = "",
    from hours: Double = 0
  ) async throws -> HistoryReport {
    let folder = try TemporaryFolder()
    let store = try await SQLiteHistory.open(directory: folder.path, at: start).store
    try await store.write(batch)
    let request = HistoryReport.Request(
      window: hour(hours)..<hour(10),
      grouping: grouping,
      names: names,
      filter: try Filter(filter)
    )
    let now = Moment(date: hour(10), uptime: .seconds(36_000))
    return try await HistoryReport.read(request, from: store, at: now)
  }

  @Test func `as text it lists changes once, the newest last, and says what its figures count`()
    async throws
  {
    let report = try await Self.report()
    try RecordedFile.named("History/numbers.text").expect(report.text(isASCII: false))
    let ascii = report.text(isASCII: true)
    #expect(ascii.utf8.count == ascii.count)
  }

  @Test(arguments: [HistoryReport.Grouping.waba, .account, .label])
  func `figures are added up`(grouping: HistoryReport.Grouping) async throws {
    let report = try await Self.report(grouping)
    let name = "History/\(grouping.rawValue).text"
    try RecordedFile.named(name).expect(report.text(isASCII: false))
  }

  @Test func `the JSON keeps its promise`() async throws {
    try RecordedFile.named("History/numbers.json").expect(try await Self.report().json)
  }

  @Test func `CSV is a table of changes or of figures`() async throws {
    let report = try await Self.report()
    #expect(report.transitionsCSV.split(separator: "\r\n").count == 6)
    let rows = report.figuresCSV.split(separator: "\r\n")
    #expect(rows.count == 3)
    #expect(rows.last?.contains(#","Acme, ""Orders""",1,36000,35100,"#) == true)
  }

  @Test func `incidents are a list of their own`() async throws {
    let report = try await Self.report()
    try RecordedFile.named("History/incidents.text").expect(report.incidentsText)
    try RecordedFile.named("History/incidents.csv")
      .expect(report.incidentsCSV.replacing("\r\n", with: "\n"))
    let ofGlobex = try await Self.report(filter: "account:acme")
    // The templates are those of both numbers.
    #expect(ofGlobex.incidents.map(\.incident.id) == ["c-3", "b-2"])
    #expect(ofGlobex.incidents.last?.victims.map(\.number) == [Self.globex.id])
    #expect(try await Self.report(filter: "waba:none").incidents == [])
    #expect(try await Self.report(from: 4).incidents.map(\.incident.id) == ["b-2"])
  }

  @Test func `names and filters choose numbers`() async throws {
    let named = try await Self.report(names: [#"Acme, "Orders""#])
    #expect(named.figures.map(\.target) == ["106540352242922"])
    #expect(named.changes.count == 3)
    let filtered = try await Self.report(filter: "account:acme")
    #expect(filtered.figures.map(\.target) == ["106540352242923"])
  }

  @Test func `a state from before the window is no change in it`() async throws {
    let report = try await Self.report(from: 2.5)
    let states = report.changes.compactMap { $0.transition.state }
    #expect(states == [.available])
    #expect(report.changes.first?.former == .blocked)
  }

  @Test(arguments: [
    (0.99999, "99.9 %"), (1, "100.0 %"), (0.9, "90.0 %"), (0, "0.0 %"),
  ])
  func `the available share is never rounded up`(share: Double, text: String) {
    #expect(KnownShare.roundedDown(share) == text)
  }

  @Test func `a trace is not nothing`() {
    #expect(KnownShare.rounded(0.0001) == "<0.1 %")
    #expect(KnownShare.rounded(0) == "0.0 %")
  }
}
