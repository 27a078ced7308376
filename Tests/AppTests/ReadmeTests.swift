import Configuration
import Foundation
import Monitor
import Providers
import Screens
import Testing

@testable import App

/// What README.md says is what the program does.
struct ReadmeTests {
  private static let text: String = {
    let folder = (#filePath as NSString).deletingLastPathComponent
    return (try? String(contentsOfFile: "\(folder)/../../README.md", encoding: .utf8)) ?? ""
  }()

  @Test func `the table of keys is the one that the program answers to`() throws {
    let table = try #require(Self.between("keys"))
    #expect(table == KeyMap.markdown)
  }

  @Test(arguments: Filter.vocabulary)
  func `the filter's fields and sets are in the README`(word: String) throws {
    let fields = try #require(Self.between("fields"))
    let isSet = word.hasPrefix("@")
    #expect(isSet ? Self.text.contains("`\(word)`") : fields.contains("| `\(word.dropLast())` |"))
  }

  @Test func `the configuration of the README is valid`() throws {
    let block = try #require(Self.text.firstRange(of: "```yaml\n"))
    let yaml = try #require(Self.text[block.upperBound...].components(separatedBy: "```").first)
    let commands =
      yaml
      .replacing("api_key_file: ~/.secrets/d360-paris", with: "api_key: d360-demo-key-000")
      .replacing("[pass, show, kaleyra/india]", with: "[printf, kaleyra-demo-key-000]")
    let names = ["KAPSO_API_KEY", "D360_BERLIN", "META_TOKEN", "PARTNER_TOKEN"]
    let variables = Dictionary(uniqueKeysWithValues: names.map { ($0, "demo-key-000") })
    let configuration = try ConfigurationFile.parse(
      commands,
      file: "README.md",
      environment: ProcessEnvironment(
        variables: variables.merging(["PATH": "/usr/bin:/bin"]) { left, _ in left },
        homeDirectory: "/home/demo"
      )
    )
    #expect(configuration.accounts.map(\.provider.name) == ProviderCatalog.all.map(\.name))
  }

  @Test(arguments: ["demo", "tests"])
  func `its commands are lines to paste`(mark: String) throws {
    let lines = try #require(Self.between(mark)).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first == "```sh" && lines.last == "```")
  }

  private static func between(_ mark: String) -> String? {
    guard let start = text.firstRange(of: "<!-- \(mark) -->\n"),
      let end = text.firstRange(of: "\n<!-- /\(mark) -->")
    else { return nil }
    return start.upperBound <= end.lowerBound
      ? String(text[start.upperBound..<end.lowerBound]) : ""
  }
}
