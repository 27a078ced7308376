import Foundation
import Providers
import Testing

@testable import App

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

  @Test(arguments: RecordedFile.cases(in: "Configuration/Valid", withExtension: "yaml"))
  func `a right configuration is read to the last value`(file: RecordedFile) throws {
    let configuration = try ConfigurationFile.read(file.path, environment: Self.environment)
    try file.expect(ConfigurationListing.text(of: configuration))
  }

  @Test(arguments: RecordedFile.cases(in: "Configuration/Invalid", withExtension: "yaml"))
  func `every mistake is named with its place and what was expected`(file: RecordedFile) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationFile.read(file.path, environment: Self.environment)
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
