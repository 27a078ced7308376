import ArgumentParser
import Configuration
import TestSupport
import Testing

@testable import App

/// What a command line is answered with.
struct CommandLineTests {
  private static let commands: [(name: String, type: any ParsableCommand.Type)] = [
    ("wabatop", Wabatop.self), ("dashboard", DashboardCommand.self), ("demo", DemoCommand.self),
    ("check", CheckCommand.self), ("serve", ServeCommand.self), ("history", HistoryCommand.self),
    ("ack", AckCommand.self), ("mute", MuteCommand.self),
    ("alerts", AlertsCommand.self), ("alerts-list", AlertsListCommand.self),
    ("alerts-history", AlertsHistoryCommand.self), ("alerts-test", AlertsTestCommand.self),
    ("snapshot", SnapshotCommand.self),
    ("simulate", SimulateCommand.self), ("config", ConfigCommand.self),
    ("config-init", ConfigInitCommand.self), ("config-check", ConfigCheckCommand.self),
    ("config-paths", ConfigPathsCommand.self),
    ("config-example", ConfigExampleCommand.self), ("themes", ThemesCommand.self),
    ("doctor", DoctorCommand.self),
  ]

  @Test(arguments: commands.map(\.name))
  func `the help of a command says what it does and shows an example`(name: String) throws {
    let command = try #require(Self.commands.first { $0.name == name }?.type)
    let help = Wabatop.helpMessage(for: command, columns: 100)
    #expect(help.contains("Example: wabatop"))
    try RecordedFile.named("Help/\(name).help").expect(help)
  }

  @Test(arguments: [
    ["--nope"], ["chekc"], ["check", "--output", "yaml"], ["check", "--timeout", "soon"],
    ["demo", "--numbers", "0"],
    ["config", "init", "--theme", "mono"],
    ["check", "--output", "nagios", "--fail-on", "critical"],
    ["snapshot", "--size", "80"], ["simulate", "--port", "70000"],
    ["check", "--config", "/nowhere/config.yaml"], ["themes", "surplus"],
    ["serve", "--no-state"], ["serve", "--view", "list"], ["serve", "--listen", "somewhere"],
    ["serve", "--demo", "--listen", "0.0.0.0:0"], ["serve", "--demo", "--metrics-per", "waba"],
    ["serve", "--demo", "--theme", "pink"],
    ["history", "--since", "soon"], ["history", "--since", "1h", "--until", "2h"],
    ["history", "--incidents", "--by", "waba"],
  ])
  func `wrong usage and a wrong configuration exit as monitoring expects`(
    arguments: [String]
  ) async {
    #expect(await Wabatop.run(arguments) == 3)
  }

  @Test func `a warning fails a check unless only something critical should`() async {
    let check = ["check", "--demo", "--filter", "severity:warning"]
    #expect(await Wabatop.run(check) == 1)
    #expect(await Wabatop.run(check + ["--fail-on", "critical"]) == 0)
  }

  @Test(arguments: [
    ("check --output json", "check --output json"), ("--ascii check", "check --ascii"),
    ("--mask demo", "demo --mask"), ("--no-state check", "check"),
    ("--no-state dashboard", "dashboard --no-state"),
    ("--config x.yaml --ascii config init", "config init --config x.yaml"),
    ("--config=x.yaml --plain --log-level debug doctor", "doctor --config=x.yaml"),
    ("--config x.yaml --mask simulate", "simulate"),
    ("--filter=acme check", "check --filter=acme"), ("--filter check", "--filter check"),
    ("--theme mono", "--theme mono"), ("--help", "--help"), ("", ""),
  ])
  func `global options may stand before the command`(typed: String, parsed: String) {
    let arguments = Arguments(typed.split(separator: " ").map(String.init))
    #expect(arguments.inOrder.joined(separator: " ") == parsed)
    #expect(arguments.unknownCommand == nil)
  }

  @Test(arguments: [["--help"], ["check", "--help"], ["help", "check"], ["--version"]])
  func `help that was asked for is no error`(arguments: [String]) async {
    #expect(await Wabatop.run(arguments) == 0)
  }

  @Test func `an example is written once, for its owner alone, and never over a file`() async throws
  {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/new/config.yaml"
    #expect(await Wabatop.run(["config", "init", "--config", path]) == 0)
    #expect(try FileContents.read(path).permissions == 0o600)
    let written = try folder.read("new/config.yaml")
    #expect(written == ConfigurationExample.text)
    #expect(await Wabatop.run(["config", "init", "--config", path]) == 3)
    #expect(try folder.read("new/config.yaml") == written)
  }

  @Test func `an example that could not be written whole is removed again`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/config.yaml"
    let failure = try #require(throws: CommandFailure.self) {
      try ConfigurationExample.write(to: path) { text, descriptor in
        _ = Output.attempt(String(text.prefix(100)), to: descriptor)
        return .lost("No space left on device")
      }
    }
    #expect(failure.text == "\(path): No space left on device")
    #expect(!FileContents.exists(path))
    try ConfigurationExample.write(to: path)
    #expect(try folder.read("config.yaml") == ConfigurationExample.text)
  }
}
