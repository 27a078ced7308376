import Foundation
import Glibc
import TestSupport
import Testing

/// `serve --listen` as others see it: Prometheus, a browser, a script.
@Suite(.serialized, .realTime, .timeLimit(.minutes(5)))
struct ListeningTests {
  /// Asks with Python's own client, until the answer has this status.
  private static func ask(_ url: String, until status: Int) throws -> String {
    let script = """
      import sys, time, urllib.request, urllib.error
      while True:
          try:
              with urllib.request.urlopen(sys.argv[1], timeout=20) as answer:
                  found, body = answer.status, answer.read()
          except urllib.error.HTTPError as error:
              found, body = error.code, error.read()
          if found == int(sys.argv[2]):
              break
          time.sleep(0.2)
      sys.stdout.buffer.write(body)
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, url, String(status)]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let body = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: body, as: UTF8.self)
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `a newcomer sees the wall and the metrics of the demo, and a signal ends it`(
    signal: Int32
  ) throws {
    let terminal = try PseudoTerminal(
      Product.binary,
      ["serve", "--demo", "--listen", "127.0.0.1:0"],
      width: 120,
      height: 24
    )
    try terminal.read(until: "listens at http://127.0.0.1:")
    try terminal.read(until: "the whole address") { text in
      text.firstMatch(of: /listens at http:\/\/127.0.0.1:[0-9]+\//) != nil
    }
    let address = try #require(
      terminal.text.firstMatch(of: /http:\/\/127.0.0.1:[0-9]+/).map { String($0.0) }
    )
    let ready = try Self.ask("\(address)/readyz", until: 200)
    #expect(ready.contains("\"ready\": true"))
    #expect(try Self.ask("\(address)/wall", until: 200).contains("<pre>"))
    let metrics = try Self.ask("\(address)/metrics", until: 200)
    #expect(metrics.contains("wabatop_account_up{account=\"acme\",provider=\"kapso\"} 1"))
    #expect(!metrics.contains("wabatop_number_state"))
    #expect(try Self.ask("\(address)/nothing", until: 404).contains("no such path"))
    terminal.send(signal)

    #expect(try terminal.end(within: .seconds(20)) == .exited(0))
  }
}
