import Foundation
import TestSupport
import Testing

enum Restarted: String, CustomTestStringConvertible {
  case wabatop
  case alertmanager
  case prometheus

  var testDescription: String { rawValue }
}

/// The three programs, each on a port of its own.
struct Programs {
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
  static func example(_ name: String, in folder: TemporaryFolder) throws -> String {
    // A rule that waits for a minute would make the test wait too.
    let text = try example(name).replacing("for: 1m", with: "for: 0s")
    return try folder.write(text, to: "\(name)-example.yml")
  }

  static func example(_ name: String) throws -> String {
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
