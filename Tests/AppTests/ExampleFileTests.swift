import Foundation
import TestSupport
import Testing

@testable import App

/// The files that `config example` prints, each tried with the program that it is for.
@Suite(.realTime) struct ExampleFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(of example: ExampleFile, as name: String) throws -> String {
    try folder.write(example.text, to: name)
  }

  @Test(.enabled(if: Tool.isInstalled("promtool"), "needs promtool"))
  func `Prometheus reads the rules`() throws {
    let rules = try path(of: .prometheus, as: "wabatop.rules.yml")
    let (status, output) = try #require(Tool("promtool")).run(["check", "rules", rules])
    #expect(status == 0, "\(output)")
    #expect(output.contains("5 rules found"))
  }

  @Test(.enabled(if: Tool.isInstalled("amtool"), "needs amtool"))
  func `Alertmanager reads the route`() throws {
    let route = try path(of: .alertmanager, as: "alertmanager.yml")
    let tool = try #require(Tool("amtool"))
    let (status, output) = try tool.run(["check-config", route])
    #expect(status == 0, "\(output)")
    let (_, receiver) = try tool.run([
      "config", "routes", "test", "--config.file=\(route)", "alertname=WabaNumberBlocked",
    ])
    #expect(receiver.split(separator: "\n").last == "whatsapp")
  }

  @Test(.enabled(if: Tool.isInstalled("systemd-analyze"), "needs systemd-analyze"))
  func `systemd reads the unit, and finds it well enclosed`() throws {
    // It looks for the program that the unit starts.
    let text = ExampleFile.systemd.text.replacing("/usr/local/bin/wabatop", with: "/bin/sh")
    let unit = try folder.write(text, to: "wabatop.service", permissions: 0o644)
    let tool = try #require(Tool("systemd-analyze"))
    let (status, output) = try tool.run(["verify", "--man=no", unit])
    #expect(status == 0 && output.isEmpty, "\(output)")
    let (_, security) = try tool.run(["security", "--offline=yes", "--threshold=20", unit])
    #expect(security.contains("OK"), "\(security.suffix(300))")
  }

  @Test func `the dashboard is JSON, and each panel asks something`() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ExampleFile.grafana.text.utf8))
    let dashboard = try #require(object as? [String: Any])
    let panels = try #require(dashboard["panels"] as? [[String: Any]])
    #expect(panels.count >= 6)
    for panel in panels {
      let targets = try #require(panel["targets"] as? [[String: Any]])
      #expect(targets.contains { ($0["expr"] as? String)?.contains("wabatop_") ?? false })
      #expect(panel["description"] as? String != "")
    }
  }

  @Test(arguments: ExampleFile.allCases)
  func `an example says nothing secret, and ends with a line`(example: ExampleFile) {
    #expect(example.text.hasSuffix("\n"))
    #expect(!example.text.contains("\t"))
    #expect(example == .grafana || example.text.hasPrefix("# "))
  }
}
