import Foundation
import Providers
import TestSupport
import Testing

@testable import Configuration

/// One file per case: what is made of it, or what is said about it, stands beside it.
struct ConfigurationTests {
  private static let environment = ProcessEnvironment(
    variables: [
      "PATH": "/usr/bin:/bin",
      "KAPSO_API_KEY": "kapso-demo-key-000",
      "D360_BERLIN": "d360-berlin-demo-key-000",
      "D360_PARTNER": "d360-partner-demo-key-000",
      "META_TOKEN": "meta-demo-token-000",
      "PARTNER_TOKEN": "partner-demo-token-000",
      "HOST": "proxy.example.com",
      "EMPTY": "",
    ],
    homeDirectory: "/home/demo"
  )

  @Test(arguments: RecordedFile.cases(in: "Valid", withExtension: "yaml"))
  func `a right configuration is read to the last value`(file: RecordedFile) async throws {
    let configuration = try await ConfigurationFile.readWithSecrets(
      file.path,
      environment: Self.environment
    )
    try file.expect(ConfigurationListing.text(of: configuration))
  }

  @Test(arguments: RecordedFile.cases(in: "Invalid", withExtension: "yaml"))
  func `every mistake is named with its place and what was expected`(
    file: RecordedFile
  ) async throws {
    let error = try await #require(throws: ConfigurationError.self) {
      try await ConfigurationFile.readWithSecrets(file.path, environment: Self.environment)
    }
    let text = error.description.replacing(file.directory + "/", with: "")
    #expect(!text.contains("demo-key") && !text.contains("demo-token"))
    try file.expect(text)
  }

  @Test func `the commented example names every provider and is valid as it is written`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(ConfigurationExample.text, to: "config.yaml")
    let configuration = try ConfigurationFile.read(path, environment: Self.environment)
    #expect(configuration.accounts.map(\.provider.name) == ["kapso"])
    for provider in ProviderCatalog.all {
      #expect(
        ConfigurationExample.text.contains("provider: \(provider.name)\n")
          || ConfigurationExample.text.contains("provider: \(provider.name) ")
      )
    }
  }

  @Test(arguments: ["\u{feff}", ""], ["\n", "\r\n"])
  func `what Windows writes is read as well`(mark: String, lineEnd: String) throws {
    let folder = try TemporaryFolder()
    let lines = [
      "refresh: 5m", "accounts:",
      "  - { name: acme, provider: kapso, api_key: kapso-demo-key-000, numbers: all }", "",
    ]
    let path = try folder.write(mark + lines.joined(separator: lineEnd), to: "config.yaml")
    let configuration = try ConfigurationFile.read(path, environment: Self.environment)
    #expect(configuration.refresh == .seconds(300))
    #expect(configuration.accounts.map(\.settings.name) == ["acme"])
  }

  @Test func `digits that may be a telephone number in place of an id are warned about`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      accounts:
        - name: direct
          provider: meta
          access_token: meta-demo-token-000
          numbers: [ "447700900131", { id: 4477009001, label: x }, "10654035224292", "42" ]
          wabas: [ 12125550143 ]
          businesses: [ "5511987654321" ]
        - name: partner
          provider: graph
          base_url: https://graph.example.com/v1/v24.0
          header: { name: Authorization, value: Bearer graph-demo-token-000 }
          numbers: [ "447700900132" ]
        - name: india
          provider: kaleyra
          sid: HXAP16XXXXXX97IN
          api_key: kaleyra-demo-key-000
          numbers: [ "447700900133" ]

      """,
      to: "config.yaml"
    )
    let warnings = try ConfigurationFile.read(path, environment: Self.environment).warnings
      .map { $0.description.replacing("\(path):", with: "") }
    let number =
      "looks like a telephone number; the phone number's id has 14 to 17 digits, such as"
      + " 106540352242922; WhatsApp Manager shows it beside the number"
    let account =
      "looks like a telephone number; the id of the account has 14 to 17 digits, such as"
      + " 102290129340398; Business settings shows it"
    #expect(
      warnings == [
        "5:16: accounts.direct.numbers: 447700900131 \(number)",
        "5:38: accounts.direct.numbers.id: 4477009001 \(number)",
        "6:14: accounts.direct.wabas: 12125550143 \(account)",
        "7:19: accounts.direct.businesses: 5511987654321 \(account)",
        "12:16: accounts.partner.numbers: 447700900132 \(number)",
      ]
    )
  }

  @Test(arguments: ["10654O352242922", "1.06e14", "https://example.com/1", "0", "-1"])
  func `what is not digits alone is warned about where Meta's ids belong`(id: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      accounts:
        - name: acme
          provider: kapso
          api_key: kapso-demo-key-000
          numbers: [ "\(id)" ]

      """,
      to: "config.yaml"
    )
    let warnings = try ConfigurationFile.read(path, environment: Self.environment).warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.description.contains("\(id) does not look like an id") == true)
  }

  @Test func `programs that can't be run, or only from somewhere, are warned about`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      accounts:
        - { name: acme, provider: kapso, api_key: demo-key-000, numbers: all }
      alerts:
        - { name: a, on_event: [sh, -c, "exit 0"] }
        - { name: b, on_event: [/bin/sh] }
        - { name: c, on_event: [bin/page] }
        - { name: d, on_event: [/nonexistent/page] }
        - { name: e, on_event: [no-such-program-here] }
        - { name: f, on_event: [/tmp] }

      """,
      to: "config.yaml"
    )
    let environment = ProcessEnvironment(
      variables: ["PATH": "/usr/bin:/bin"],
      homeDirectory: "/nonexistent"
    )
    let warnings = try ConfigurationFile.read(path, environment: environment).warnings
      .map { $0.description.replacing("\(path):", with: "") }
    let advice = "depends on the directory in which wabatop is started; write its whole path"
    #expect(
      warnings == [
        "6:27: alerts.c.on_event: bin/page \(advice)",
        "7:27: alerts.d.on_event: /nonexistent/page is no program that can be run",
        "8:27: alerts.e.on_event: there is no program no-such-program-here in PATH",
        "9:27: alerts.f.on_event: /tmp is no program that can be run",
      ]
    )
  }

  @Test func `a hundred thousand numbers with labels are read, digit for digit`() throws {
    let ids = (0..<100_000).map { String(106_540_352_000_000 + $0) }
    let lines = ids.map { "      - { id: \"\($0)\", label: \"Support \($0)\" }\n" }
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "accounts:\n  - name: acme\n    provider: kapso\n    api_key: k\n    numbers:\n"
        + lines.joined(),
      to: "config.yaml"
    )
    let configuration = try ConfigurationFile.read(path, environment: Self.environment)
    guard case .numbers(let numbers) = configuration.accounts[0].settings.values["numbers"] else {
      Issue.record("no numbers")
      return
    }
    #expect(numbers.map(\.id) == ids)
    #expect(numbers.last?.label == "Support 106540352099999")
  }

  @Test func `a file that is too large is told so with the limit`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(String(repeating: "# x\n", count: 5 << 20), to: "config.yaml")
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.read(path, environment: Self.environment)
    }
    #expect(error.description == "\(path): is larger than 16 MiB, the most that is read")
  }

  @Test func `of very many mistakes the first hundred are named, and how many more there are`()
    throws
  {
    let keys = (1...60_000).map { "key\($0): x\n" }.joined()
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.parse(
        keys + "accounts: []\n",
        file: "config.yaml",
        environment: Self.environment
      )
    }
    let lines = error.description.split(separator: "\n")
    #expect(lines.count == 101)
    #expect(lines.first?.hasPrefix("config.yaml:1:1: unknown key \"key1\"") == true)
    #expect(lines.last == "and 59901 more")
  }

  @Test func `a missing file says what to do`() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.read("/nowhere/config.yaml", environment: Self.environment)
    }
    #expect(
      error.description == """
        /nowhere/config.yaml: No such file or directory; `wabatop config init` writes a commented \
        example, `wabatop demo` needs no configuration
        """
    )
  }
}
