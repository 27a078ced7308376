import Foundation
import Providers
import TestSupport
import Testing

@testable import Configuration

/// Secrets from files and commands, and who else may read them.
@Suite(.realTime) struct SecretTests {
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
        "\(path): others can read this file; fix it with: chmod 600 \(path)",
        "\(path):4:19: accounts.acme.api_key_file: others can read \(key);"
          + " fix it with: chmod 600 \(key)",
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

  @Test func `a credential is read where systemd put it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("kapso-demo-key-000\n", to: "kapso", permissions: 0o440)
    let line = "api_key_credential: kapso"
    let variables = ["CREDENTIALS_DIRECTORY": folder.path]
    #expect(try key(in: folder, line: line, variables: variables) == "kapso-demo-key-000")
  }

  @Test(
    arguments: [
      ("kapso", [:], "systemd passed no credentials; the unit needs LoadCredential=kapso:"),
      ("kapso", ["CREDENTIALS_DIRECTORY": "/nowhere"], "/nowhere/kapso: "),
      ("../kapso", ["CREDENTIALS_DIRECTORY": "/nowhere"], "expected the name of a credential"),
      ("..", ["CREDENTIALS_DIRECTORY": "/nowhere"], "expected the name of a credential"),
    ] as [(String, [String: String], String)]
  )
  func `a credential that is not there is a mistake`(
    name: String,
    variables: [String: String],
    expected: String
  ) throws {
    let folder = try TemporaryFolder()
    let error = try #require(throws: ConfigurationError.self) {
      try key(in: folder, line: "api_key_credential: \(name)", variables: variables)
    }
    #expect(error.description.contains("accounts.acme.api_key_credential: \(expected)"))
  }

  private static func account(_ line: String) -> String {
    "accounts:\n  - name: acme\n    provider: kapso\n    \(line)\n    numbers: all\n"
  }

  private func environment(
    _ folder: TemporaryFolder,
    _ variables: [String: String] = [:]
  ) -> ProcessEnvironment {
    ProcessEnvironment(
      variables: ["PATH": "/usr/bin:/bin"].merging(variables) { $1 },
      homeDirectory: folder.path
    )
  }

  @Test(
    arguments: ["Bearer", "bearer", "Authorization:"],
    ["api_key: \"WORD  kapso-demo-key-000\"", "api_key_file: key", "api_key_command: [cat, KEY]"]
  )
  func `the word Bearer is no part of a key`(word: String, line: String) async throws {
    let folder = try TemporaryFolder()
    let key = try folder.write("\(word)  kapso-demo-key-000\n", to: "key")
    let line = line.replacing("WORD", with: word).replacing("KEY", with: key)
    let path = try folder.write(Self.account(line), to: "config.yaml")
    let error = try await #require(throws: ConfigurationError.self) {
      try await ConfigurationFile.readWithSecrets(path, environment: environment(folder))
    }
    #expect(error.description.contains("begins with the word \(word); expected only the key"))
    #expect(!error.description.contains("demo-key"))
  }

  @Test func `a header has the word Bearer once, and a key after it`() throws {
    #expect(throws: SecretText.Fault.schemeTwice("Bearer")) {
      try SecretText.trimmed("Bearer bearer demo", isHeader: true)
    }
    #expect(throws: SecretText.Fault.headerName) {
      try SecretText.trimmed("Authorization: Bearer demo", isHeader: true)
    }
    for isHeader in [true, false] {
      #expect(throws: SecretText.Fault.schemeAlone("Bearer")) {
        try SecretText.trimmed("Bearer ", isHeader: isHeader)
      }
    }
    #expect(try SecretText.trimmed("Bearer demo", isHeader: true) == "Bearer demo")
    #expect(try SecretText.trimmed("bearerdemo", isHeader: false) == "bearerdemo")
  }

  @Test(arguments: ["config.yaml", "key"])
  func `what is no file is told at once`(name: String) throws {
    let folder = try TemporaryFolder()
    for kind in ["pipe", "directory", "socket", "device"] {
      let path = "\(folder.path)/\(name)"
      try? FileManager.default.removeItem(atPath: path)
      try Self.make(kind, at: path)
      let error = try #require(throws: ConfigurationError.self) {
        guard name == "key" else {
          _ = try ConfigurationFile.read(path, environment: environment(folder))
          return
        }
        _ = try key(in: folder, line: "api_key_file: key")
      }
      #expect(error.description.contains("is a \(kind), not a file"))
    }
  }

  private static func make(_ kind: String, at path: String) throws {
    switch kind {
    case "pipe": try #require(mkfifo(path, 0o600) == 0)
    case "directory": try #require(mkdir(path, 0o700) == 0)
    case "device": try #require(symlink("/dev/null", path) == 0)
    default:
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      try #require(result == 0)
    }
  }

  private func key(
    in folder: TemporaryFolder,
    line: String,
    variables: [String: String] = [:]
  ) throws -> String? {
    let path = try folder.write(Self.account(line), to: "config.yaml")
    let configuration = try ConfigurationFile.read(
      path,
      environment: environment(folder, variables)
    )
    guard case .secret(let secret) = configuration.accounts.first?.settings.values["api_key"] else {
      return nil
    }
    return secret.revealed
  }

  @Test(
    arguments: [
      "YOUR_TOKEN", "your_api_key_here", "your-token", "CHANGE_ME", "changeme", "xxxxxxxx", "XXXX",
      "EAAJB...", "TODO", "{{ kapso_key }}", "<your key>", "access_token",
    ]
  )
  func `what examples have in the place of a key is none`(text: String) {
    #expect(throws: SecretText.Fault.placeholder) {
      try SecretText.checkForm(of: text)
    }
  }

  @Test(
    arguments: [
      "EAAJBxyz", "a<b>c", "$ecret1", "yourself4711", "kapso-demo-key-000", "x1x2", "abc<def>",
      "keyId=<abc>", "$$ABC", "${X}", "token https://id.example/x",
    ]
  )
  func `a key that only looks a little like one of an example is a key`(text: String) throws {
    try SecretText.checkForm(of: text)
  }
}
