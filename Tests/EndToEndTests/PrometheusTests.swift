import Foundation
import TestSupport
import Testing

/// `wabatop serve` with a real Prometheus and a real Alertmanager.
///
/// Each of the three is restarted while an incident lasts, in one order; in every order when asked for:
///
///     WABATOP_ORDERS=all swift test --filter PrometheusTests
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Programs.areInstalled, "needs prometheus and prometheus-alertmanager"),
  .timeLimit(.minutes(20))
)
struct PrometheusTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let orders: [[Restarted]] = {
    let all: [[Restarted]] = [
      [.alertmanager, .wabatop, .prometheus], [.wabatop, .prometheus, .alertmanager],
      [.prometheus, .alertmanager, .wabatop], [.wabatop, .alertmanager, .prometheus],
      [.alertmanager, .prometheus, .wabatop], [.prometheus, .wabatop, .alertmanager],
    ]
    return ProcessInfo.processInfo.environment["WABATOP_ORDERS"] == "all" ? all : [all[0]]
  }()

  @Test(arguments: orders)
  func `an incident is raised once and resolved once, whatever is restarted meanwhile`(
    order: [Restarted]
  ) async throws {
    let pager = try Pager()
    defer { pager.stop() }
    try await withSwitchedSimulator(in: folder) { fault, configuration in
      var programs = try Programs(in: folder, paging: pager.port, configuration)
      try programs.startAll()
      try wait("all is scraped") { programs.value(of: "sum(wabatop_numbers)") == 5 }
      #expect(pager.pages == [])
      fault.begin()
      try wait("the pager hears of it", within: .seconds(120)) { pager.firing.count == 1 }
      let page = try #require(pager.firing.first)
      #expect(page.labels["cause_type"] == "WABA")
      #expect(page.labels["severity"] == "critical")
      #expect(page.summary.contains("5 numbers"))
      try wait("the rule fires") {
        programs.value(of: "sum(ALERTS{alertname='WabaNumbersBlocked',alertstate='firing'})") == 1
      }
      for program in order { try programs.restart(program) }
      // What was restarted empty knows it again within a minute.
      try wait("Alertmanager knows it", within: .seconds(120)) {
        programs.alerts("alertname=WabaNumberBlocked") == 1
      }
      // A Prometheus that did not see the cause since its restart would not notice its end for five
      // minutes: that is how long a series counts that nobody ended.
      let restart = Date().timeIntervalSince1970
      let scraped = "timestamp(wabatop_cause_numbers{severity='critical'}) > \(Int(restart) + 1)"
      try wait("the cause is scraped again") { programs.value(of: scraped) != nil }
      fault.end()
      try wait("the pager hears of the end", within: .seconds(120)) { pager.resolved.count == 1 }
      #expect(pager.firing.count == 1, "\(pager.pages)")
      #expect(pager.resolved.first?.labels == page.labels)
      // What the WABA said of itself may count for another minute.
      let alerts = programs.answer(to: "ALERTS") ?? ""
      try wait("the rule is calm: \(alerts)", within: .seconds(180)) {
        programs.firingRules?.contains("WabaNumbersBlocked") == false
      }
      // What Prometheus knows the cause by stayed the same.
      let causes = "last_over_time(wabatop_cause_numbers{severity='critical'}[10m])"
      #expect(programs.value(of: "count(\(causes))") == 1, "\(programs.answer(to: causes) ?? "")")
      programs.end()
      #expect(pager.firing.count == 1 && pager.resolved.count == 1, "\(pager.pages)")
    }
  }

  @Test func `promtool finds nothing wrong with the metrics`() async throws {
    try await withSwitchedSimulator(in: folder) { fault, configuration in
      fault.begin()
      var programs = try Programs(in: folder, paging: 9, configuration)
      try programs.restart(.wabatop)
      try wait("the numbers are read") {
        programs.metrics?.contains("wabatop_number_state") ?? false
      }
      let metrics = try folder.write(try #require(programs.metrics), to: "metrics")
      let tool = try #require(Tool("sh"))
      let (status, output) = try tool.run(["-c", "promtool check metrics < \(metrics)"])
      #expect(status == 0 && output.isEmpty, "\(output)")
      let told = Self.names(in: try folder.read("metrics"))
      for example in ["prometheus", "grafana"] {
        let asked = Self.names(in: try Tool.example(example))
        #expect(asked.count > 1 && asked.isSubset(of: told), "\(asked.subtracting(told))")
      }
      programs.end()
    }
  }
}

extension PrometheusTests {
  /// The names of wabatop's metrics.
  private static func names(in text: String) -> Set<String> {
    Set(text.matches(of: /wabatop_\w+/).map { String($0.output) })
      // Labels of one metric have its name.
      .subtracting(["wabatop_number_state"])
  }
}
