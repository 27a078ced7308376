import ArgumentParser
import Configuration
import Foundation
import Service
import TestSupport
import Testing

@testable import App

/// Where `serve` may listen, and what is said where it can't.
struct ServeListenerTests {
  private static let environment = ProcessEnvironment(variables: [:], homeDirectory: "/home/demo")

  private static func listener(
    _ arguments: [String],
    configured: ServeSettings = ServeSettings()
  ) throws -> ServeListener? {
    try ServeListener(
      ListenOptions.parse(arguments),
      configured: configured,
      theme: "dark",
      masksNumbers: false,
      in: environment
    )
  }

  private static func failure(_ arguments: [String]) throws -> String {
    try #require(throws: CommandFailure.self) { try listener(arguments) }.text
  }

  private static func file(_ text: String, in folder: TemporaryFolder) throws -> String {
    let path = "\(folder.path)/token"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return path
  }

  @Test func `nobody listens unless told`() throws { #expect(try Self.listener([]) == nil) }

  @Test func `an address that others reach needs a token`() throws {
    let folder = try TemporaryFolder()
    for address in ["0.0.0.0:0", "[::]:0"] {
      #expect(try Self.failure(["--listen", address]).contains("--token-file"))
      let path = try Self.file("demo-token-0123456789\n", in: folder)
      let listener = try Self.listener(["--listen", address, "--token-file", path])
      #expect(listener != nil)
    }
  }

  @Test func `options override the configuration`() throws {
    var configured = ServeSettings()
    configured.listen = ListenAddress("127.0.0.1:0")
    let fromFile = try #require(try Self.listener([], configured: configured))
    #expect(fromFile.place.hasPrefix("http://127.0.0.1:"))
    let folder = try TemporaryFolder()
    let path = "unix:\(folder.path)/s"
    let fromOption = try #require(try Self.listener(["--listen", path], configured: configured))
    #expect(fromOption.place == path)
  }

  @Test(arguments: ["", "short", "two words of a token"])
  func `a file without a token is said`(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try Self.file(text, in: folder)
    let said = try Self.failure(["--listen", "127.0.0.1:0", "--token-file", path])
    #expect(said.hasPrefix("--token-file: \(path): "))
    #expect(!said.contains("two words"))
  }

  @Test func `a token or metrics without an address are a mistake`() throws {
    #expect(try Self.failure(["--token-file", "/nowhere"]).contains("--listen"))
    #expect(try Self.failure(["--metrics-per", "number"]).contains("--listen"))
  }

  @Test func `an address in use is a sentence`() throws {
    let first = try ListeningSocket(.ipv4(host: "127.0.0.1", port: 0))
    let said = try Self.failure(["--listen", "\(first.address)"])
    #expect(
      said
        == "--listen: \(first.address): another program listens there; choose another address with "
        + "--listen"
    )
  }
}
