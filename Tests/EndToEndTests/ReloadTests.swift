import Foundation
import Glibc
import TestSupport
import Testing

/// The configuration is edited while the dashboard runs.
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Tmux.isInstalled, "needs tmux"),
  .timeLimit(.minutes(5))
)
struct ReloadTests {
  @Test func `accounts come and go with the file, and a mistake changes nothing`() async throws {
    let terminal = try Tmux(width: 80, height: 24)
    try terminal.type("cd")
    try terminal.type("\(Product.binary) simulate --port 0 --numbers 12 > simulator.yaml &")
    try terminal.type("echo $! > simulator.pid")
    let folder = terminal.directory
    let number = try await text(of: folder.appending(path: "simulator.pid")) { $0.hasSuffix("\n") }
    defer { kill(Int32(number.trimmingCharacters(in: .newlines)) ?? 0, SIGTERM) }
    let simulated = folder.appending(path: "simulator.yaml")
    let whole = try await text(of: simulated) { $0.contains("accounts:") && $0.hasSuffix("\n") }
    let file = folder.appending(path: "config.yaml")
    let (head, accounts) = Self.parts(of: whole)
    let first = try #require(accounts.first)
    let second = try #require(accounts.dropFirst().first)

    try (head + first.text).write(to: file, atomically: true, encoding: .utf8)
    try terminal.type("\(Product.binary) --config config.yaml; echo \"status:$?\"")
    try await terminal.wait(for: "polled")
    #expect(try !terminal.screen.contains { $0.contains(second.provider) })

    try (head + first.text + second.text).write(to: file, atomically: true, encoding: .utf8)
    try await terminal.wait(for: "configuration reloaded: +1 account")
    try terminal.type("/\(second.provider)")
    try await terminal.wait(until: "its rows are there") { screen in
      screen.contains { $0.contains(" +") && $0.contains(second.provider) }
    }
    try terminal.press("Escape")

    try "acounts: [".write(to: file, atomically: true, encoding: .utf8)
    try await terminal.wait(for: "Not reloaded: config.yaml:")

    try (head + first.text).write(to: file, atomically: true, encoding: .utf8)
    try await terminal.wait(for: "configuration reloaded: -1 account")
    try terminal.type("/\(second.provider)")
    try await terminal.wait(for: "no number matches")
    try terminal.press("Escape", "q")
    try await terminal.wait(for: "status:0")
  }

  /// The lines before the accounts, and the accounts with their providers.
  private static func parts(of yaml: String) -> (String, [(text: String, provider: String)]) {
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\n" }
    let start = (lines.firstIndex { $0.hasPrefix("accounts:") } ?? 0) + 1
    var accounts: [(text: String, provider: String)] = []
    for line in lines[start...] where !line.trimmingCharacters(in: .whitespaces).isEmpty {
      if line.contains("- name:") { accounts.append((text: "", provider: "")) }
      guard !accounts.isEmpty else { continue }
      accounts[accounts.count - 1].text += line
      if line.contains("provider:") {
        let provider = line.split(separator: ":").last ?? ""
        accounts[accounts.count - 1].provider = provider.trimmingCharacters(
          in: .whitespacesAndNewlines
        )
      }
    }
    return (lines[..<start].joined(), accounts.filter { !$0.provider.isEmpty })
  }

  private func text(of file: URL, _ isWhole: (String) -> Bool) async throws -> String {
    for _ in 0..<200 {
      if let text = try? String(contentsOf: file, encoding: .utf8), isWhole(text) { return text }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw CocoaError(.fileReadNoSuchFile)
  }
}
