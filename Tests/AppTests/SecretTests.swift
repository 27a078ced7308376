import Foundation
import Providers
import Testing

@testable import App

/// Secrets from files and commands, and who else may read them.
struct SecretTests {
  @Test(arguments: [
    "kapso-demo-key-000", "kapso-demo-key-000\n", "\u{feff}kapso-demo-key-000\r\n",
    "  \"kapso-demo-key-000\"\n", "'kapso-demo-key-000'",
  ])
  func `what surrounds a key in its file is not the key`(content: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(content, to: "key")
    #expect(try key(in: folder, line: "api_key_file: key") == "kapso-demo-key-000")
  }

  @Test(arguments: ["", "\n\n", "\"\"", "one\ntwo", "a\u{1b}[31mb"])
  func `a file that holds no key is refused`(content: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(content, to: "key")
    #expect(throws: ConfigurationError.self) { try key(in: folder, line: "api_key_file: key") }
  }

  @Test func `a tilde is the home directory`() throws {
    let folder = try TemporaryFolder()
    try folder.write("kapso-demo-key-000", to: "key")
    #expect(try key(in: folder, line: "api_key_file: ~/key") == "kapso-demo-key-000")
  }

  @Test func `files that others can read are warned about with the remedy`() throws {
    let folder = try TemporaryFolder()
    let key = try folder.write("kapso-demo-key-000", to: "key", permissions: 0o640)
    let path = try folder.write(Self.account("api_key_file: key"), to: "c.yaml", permissions: 0o644)
    let configuration = try ConfigurationFile.read(path, environment: environment(folder))
    #expect(
      configuration.warnings.map(\.description) == [
        "\(path): others can read this file; mend it with: chmod 600 \(path)",
        "\(path):4:19: accounts.acme.api_key_file: others can read \(key);"
          + " mend it with: chmod 600 \(key)",
      ]
    )
  }

  @Test func `files that nobody else can read are not warned about`() throws {
    let folder = try TemporaryFolder()
    try folder.write("kapso-demo-key-000", to: "key")
    let path = try folder.write(Self.account("api_key_file: key"), to: "config.yaml")
    let configuration = try ConfigurationFile.read(path, environment: environment(folder))
    #expect(configuration.warnings.isEmpty)
  }

  @Test func `a command gets its arguments as they are, without a shell`() throws {
    let folder = try TemporaryFolder()
    let line = #"api_key_command: [printf, "%s", "$HOME;echo *"]"#
    #expect(try key(in: folder, line: line) == "$HOME;echo *")
  }

  @Test func `a command that does not end is ended`() throws {
    var command = SecretCommand(arguments: ["sleep", "600"], variables: ["PATH": "/usr/bin:/bin"])
    command.timeout = .milliseconds(50)
    #expect(throws: SecretCommand.Failure.timedOut) { try command.output() }
  }

  @Test func `a command that prints without end is ended`() throws {
    let command = SecretCommand(arguments: ["yes"], variables: ["PATH": "/usr/bin:/bin"])
    #expect(throws: SecretCommand.Failure.tooMuch) { try command.output() }
  }

  @Test func `a secret is not in a configuration's description`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.account("api_key: kapso-demo-key-000"), to: "config.yaml")
    let configuration = try ConfigurationFile.read(path, environment: environment(folder))
    var dumped = ""
    dump(configuration, to: &dumped)
    #expect(
      !"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("kapso-demo")
    )
  }

  private static func account(_ line: String) -> String {
    "accounts:\n  - name: acme\n    provider: kapso\n    \(line)\n    numbers: all\n"
  }

  private func environment(_ folder: TemporaryFolder) -> ProcessEnvironment {
    ProcessEnvironment(variables: ["PATH": "/usr/bin:/bin"], homeDirectory: folder.path)
  }

  private func key(in folder: TemporaryFolder, line: String) throws -> String? {
    let path = try folder.write(Self.account(line), to: "config.yaml")
    let configuration = try ConfigurationFile.read(path, environment: environment(folder))
    guard case .secret(let secret) = configuration.accounts.first?.settings.values["api_key"] else {
      return nil
    }
    return secret.revealed
  }
}
