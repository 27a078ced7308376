import ArgumentParser
import Configuration

/// The commands about the configuration file.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Write, check and find the configuration file, and examples for other programs.",
    discussion: "Example: wabatop config init",
    subcommands: [
      ConfigInitCommand.self, ConfigCheckCommand.self, ConfigPathsCommand.self,
      ConfigExampleCommand.self,
    ]
  )
}

struct ConfigInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented example that only you can read; never overwrite a file.",
    discussion: "Example: wabatop config init --config ./config.yaml"
  )

  @OptionGroup(title: "Global options") var file: ConfigurationOption

  func run() throws {
    let paths = file.paths(in: .current())
    try ConfigurationExample.write(to: paths.configuration.path)
    try Output.deliver("Wrote \(paths.configuration.path). Edit it, then: wabatop config check\n")
  }
}

struct ConfigCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "List every mistake in the configuration, with file, line and column.",
    discussion: "Example: wabatop config check --config ./config.yaml"
  )

  @OptionGroup(title: "Global options") var file: ConfigurationOption

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let configuration = try await file.read(in: environment)
    let count = configuration.accounts.count
    let noun = count == 1 ? "account" : "accounts"
    let path = file.paths(in: environment).configuration.path.singleLine
    try Output.deliver("\(path): no mistake found, \(count) \(noun)\n")
  }
}

struct ConfigPathsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Show which files are read and written, and why.",
    discussion: "Example: wabatop config paths"
  )

  @OptionGroup(title: "Global options") var file: ConfigurationOption

  func run() throws {
    let paths = file.paths(in: .current())
    let origins = [
      ("configuration", paths.configuration), ("themes", paths.themes), ("log", paths.log),
      ("history", paths.history),
    ]
    for (name, origin) in origins {
      let state = FileContents.exists(origin.path) ? "" : ", does not exist"
      let padding = String(repeating: " ", count: 15 - name.count)
      try Output.deliver("\(name)\(padding)\(origin.path)  (\(origin.reason)\(state))\n")
    }
  }
}
