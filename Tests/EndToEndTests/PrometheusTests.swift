import Foundation
import Simulator
import Synchronization
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

/// What pages people: counts what Alertmanager sends it.
private final class Pager: Sendable {
  struct Page: Equatable {
    let labels: [String: String]
    let summary: String
    let isFiring: Bool
  }

  private let server: RawServer
  private let received = Received()

  init() throws {
    server = try RawServer { [received] connection in
      while let head = connection.readHead() {
        received.add(connection.readBody(after: head))
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
      }
    }
  }

  private final class Received: Sendable {
    let pages = Mutex<[Page]>([])

    func add(_ body: String) {
      guard let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)),
        let message = object as? [String: Any], let alerts = message["alerts"] as? [[String: Any]]
      else { return }
      let new = alerts.map { alert in
        Page(
          labels: alert["labels"] as? [String: String] ?? [:],
          summary: (alert["annotations"] as? [String: String])?["summary"] ?? "",
          isFiring: alert["status"] as? String == "firing"
        )
      }
      pages.withLock { $0 += new }
    }
  }

  var port: Int { server.port }
  var pages: [Page] { received.pages.withLock { $0 } }
  var firing: [Page] { pages.filter(\.isFiring) }
  var resolved: [Page] { pages.filter { !$0.isFiring } }

  func stop() { server.stop() }
}

enum Restarted: String, CustomTestStringConvertible {
  case wabatop
  case alertmanager
  case prometheus

  var testDescription: String { rawValue }
}

/// The three programs, each on a port of its own.
private struct Programs {
  static let areInstalled =
    Tool.isInstalled("prometheus") && Tool.isInstalled("prometheus-alertmanager")
    && Tool.isInstalled("promtool")

  private let folder: TemporaryFolder
  private let configuration: String
  private let ports: [Restarted: Int]
  private var others: [Restarted: Process] = [:]
  private var wabatop: ServeProcess?

  init(in folder: TemporaryFolder, paging pager: Int, _ configuration: String) throws {
    self.folder = folder
    ports = try Self.freePorts()
    let text = try String(contentsOfFile: configuration, encoding: .utf8)
    self.configuration = try folder.write(
      text + """

        alerts:
          - name: ops
            alertmanager: { urls: [ "http://127.0.0.1:\(ports[.alertmanager] ?? 0)" ] }

        """,
      to: "config.yaml"
    )
    // Only wabatop's own alerts page, and each at once.
    try folder.write(
      """
      route:
        receiver: nobody
        routes:
          - matchers: [ 'alertname="WabaNumberBlocked"' ]
            receiver: pager
            group_by: [ alertname, cause_id ]
            group_wait: 0s
            group_interval: 1s
            repeat_interval: 4h
      receivers:
        - name: nobody
        - name: pager
          webhook_configs: [ { url: "http://127.0.0.1:\(pager)/page", send_resolved: true } ]
      """,
      to: "alertmanager.yml"
    )
    let rules = try Tool.example("prometheus", in: folder)
    try folder.write(
      """
      global: { scrape_interval: 1s, evaluation_interval: 1s }
      rule_files: [ "\(rules)" ]
      alerting:
        alertmanagers: [ { static_configs: [ { targets: [ "127.0.0.1:\(ports[.alertmanager] ?? 0)" ] } ] } ]
      scrape_configs:
        - job_name: wabatop
          static_configs: [ { targets: [ "127.0.0.1:\(ports[.wabatop] ?? 0)" ] } ]
      """,
      to: "prometheus.yml"
    )
  }

  /// Ports that were free a moment ago.
  private static func freePorts() throws -> [Restarted: Int] {
    let servers = try (0..<3).map { _ in try RawServer { _ in } }
    defer { for server in servers { server.stop() } }
    return [
      .wabatop: servers[0].port, .alertmanager: servers[1].port, .prometheus: servers[2].port,
    ]
  }

  mutating func startAll() throws {
    for program in [Restarted.alertmanager, .wabatop, .prometheus] { try restart(program) }
  }

  mutating func restart(_ program: Restarted) throws {
    let address = "127.0.0.1:\(ports[program] ?? 0)"
    switch program {
    case .wabatop:
      if let wabatop {
        wabatop.send(SIGTERM)
        _ = wabatop.end()
      }
      wabatop = try ServeProcess(
        ["serve", "--listen", address, "--metrics-per", "number"],
        configuration: configuration,
        state: "\(folder.path)/state"
      )
      try wait("wabatop is ready") { Self.get("http://\(address)/readyz") != nil }
    case .alertmanager:
      try restart(program, "prometheus-alertmanager") { folder in
        [
          "--config.file=\(folder)/alertmanager.yml", "--storage.path=\(folder)/alertmanager",
          "--web.listen-address=\(address)", "--cluster.listen-address=", "--log.level=error",
        ]
      }
      try wait("Alertmanager is ready") { Self.get("http://\(address)/-/ready") != nil }
    case .prometheus:
      try restart(program, "prometheus") { folder in
        [
          "--config.file=\(folder)/prometheus.yml", "--storage.tsdb.path=\(folder)/prometheus",
          "--web.listen-address=\(address)", "--log.level=error",
        ]
      }
      try wait("Prometheus is ready") { Self.get("http://\(address)/-/ready") != nil }
    }
  }

  private mutating func restart(
    _ program: Restarted,
    _ name: String,
    _ arguments: (String) -> [String]
  ) throws {
    end(program)
    let tool = try #require(Tool(name))
    others[program] = try tool.start(arguments(folder.path))
  }

  private mutating func end(_ program: Restarted) {
    guard let process = others.removeValue(forKey: program) else { return }
    process.terminate()
    process.waitUntilExit()
  }

  mutating func end() {
    for program in [Restarted.prometheus, .alertmanager] { end(program) }
    wabatop?.send(SIGTERM)
    _ = wabatop?.end()
    wabatop = nil
  }

  var metrics: String? { Self.get("http://127.0.0.1:\(ports[.wabatop] ?? 0)/metrics") }

  /// The names of the rules that fire, nil while Prometheus doesn't answer.
  var firingRules: [String]? {
    let address = "http://127.0.0.1:\(ports[.prometheus] ?? 0)/api/v1/alerts"
    let answer = Self.get(address).flatMap { text in
      try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }
    let alerts = (answer?["data"] as? [String: Any])?["alerts"] as? [[String: Any]]
    return alerts?.compactMap { ($0["labels"] as? [String: String])?["alertname"] }
  }

  func answer(to query: String) -> String? {
    let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return Self.get("http://127.0.0.1:\(ports[.prometheus] ?? 0)/api/v1/query?query=\(escaped)")
  }

  /// The value of a query without labels; nil while there is none.
  func value(of query: String) -> Double? {
    let answer = answer(to: query).flatMap { text in
      try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }
    let results = (answer?["data"] as? [String: Any])?["result"] as? [[String: Any]]
    return ((results?.first?["value"] as? [Any])?.last as? String).flatMap { Double($0) }
  }

  /// How many active alerts Alertmanager knows that match.
  func alerts(_ matcher: String) -> Int? {
    let escaped = matcher.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let port = ports[.alertmanager] ?? 0
    let address = "http://127.0.0.1:\(port)/api/v2/alerts?active=true&filter=\(escaped)"
    return Self.get(address).flatMap { text in
      (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any])?.count
    }
  }

  /// The body of an answer with status 200.
  private static func get(_ address: String) -> String? {
    let result = try? Tool("curl")?.run(["-s", "-f", "-m", "10", address])
    return result.flatMap { $0.status == 0 ? $0.output : nil }
  }
}

extension Tool {
  /// Writes an example file of the program into a folder, and returns its path.
  fileprivate static func example(_ name: String, in folder: TemporaryFolder) throws -> String {
    // A rule that waits for a minute would make the test wait too.
    let text = try example(name).replacing("for: 1m", with: "for: 0s")
    return try folder.write(text, to: "\(name)-example.yml")
  }

  fileprivate static func example(_ name: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: Product.binary)
    process.arguments = ["config", "example", name]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}

/// Makes the WABA of a simulated account blocked, and fine again.
private final class Fault: Sendable {
  private let elapsed = Mutex(Duration.zero)
  private let origin = ContinuousClock.now

  /// The clock of the scenario, which moves only when it is told to.
  var now: ContinuousClock.Instant { origin + elapsed.withLock { $0 } }

  func begin() { elapsed.withLock { $0 = .seconds(1500) } }
  func end() { elapsed.withLock { $0 = .seconds(2500) } }
}

private func withSwitchedSimulator(
  in folder: TemporaryFolder,
  _ body: (_ fault: Fault, _ configuration: String) async throws -> Void
) async throws {
  let fault = Fault()
  let scenario = Scenario(
    name: "switched",
    refresh: .seconds(1),
    accounts: [Scenario.Account(name: "acme", provider: .kapso, count: 5, wabas: 1)],
    events: [
      Scenario.Event(
        at: .seconds(1000),
        until: .seconds(2000),
        on: Scenario.Scope(account: "acme", waba: "1"),
        change: StateChange(waba: EntityChange(send: "BLOCKED", errors: [141_006]))
      )
    ]
  )
  let server = SimulatorServer(scenario: scenario, now: { fault.now })
  let run = RealTime.start { try await server.run() }
  let port = try await server.boundPort
  let path = try folder.write(
    server.simulation.configurationYAML(port: port),
    to: "accounts.yaml"
  )
  do {
    try await body(fault, path)
  } catch {
    run.cancel()
    throw error
  }
  run.cancel()
  try await run.value
}
