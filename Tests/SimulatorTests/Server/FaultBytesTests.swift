import TestSupport
import Testing

@testable import Simulator

/// Each fault as it comes over the wire.
@Suite(.realTime) struct FaultBytesTests {
  private func split(_ text: String) -> (head: Substring, body: Substring) {
    guard let end = text.firstRange(of: "\r\n\r\n") else { return (text[...], "") }
    return (text[..<end.lowerBound], text[end.upperBound...])
  }

  private func length(_ head: Substring) -> Int? {
    head.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) }
  }

  @Test func `silence says nothing and stays open`() async throws {
    let result = try await ServedWorld.bytes(with: .silence)
    #expect(result.text.isEmpty)
    #expect(result.end == .open)
  }

  @Test func `a reset comes before, in and behind the head, and in the body`() async throws {
    let before = try await ServedWorld.bytes(with: .reset)
    let head = try await ServedWorld.bytes(with: .resetDuring(.head))
    let afterHead = try await ServedWorld.bytes(with: .resetDuring(.afterHead))
    let body = try await ServedWorld.bytes(with: .resetDuring(.body))

    #expect([before, head, afterHead, body].allSatisfy { $0.end == .reset })
    #expect(before.text.isEmpty)
    #expect(head.text.hasPrefix("HTTP/1.1 200") && !head.text.contains("\r\n\r\n"))
    #expect(afterHead.text.hasSuffix("\r\n\r\n"))
    let parts = split(body.text)
    #expect(length(parts.head).map { $0 / 2 } == parts.body.utf8.count)
  }

  @Test func `a truncated body is shorter than its length and the connection ends`() async throws {
    let result = try await ServedWorld.bytes(with: .truncated)
    let (head, body) = split(result.text)
    #expect(length(head).map { $0 / 2 } == body.utf8.count)
    #expect(result.end == .closed)
  }

  @Test func `a cut body is whole to HTTP`() async throws {
    let result = try await ServedWorld.bytes(with: .cut)
    let (head, body) = split(result.text)
    #expect(length(head) == body.utf8.count)
    #expect(!body.hasSuffix("}}"))
    #expect(result.end == .open)
  }

  @Test func `an oversized answer is more than 2 MiB of chunks that end`() async throws {
    let (text, _) = try await ServedWorld.bytes(with: .oversized)
    let (head, body) = split(text)
    #expect(head.contains("Transfer-Encoding: chunked") && length(head) == nil)
    #expect(body.utf8.count > 2 << 20)
    #expect(body.hasPrefix("10000\r\n    "))
    #expect(body.hasSuffix("}\r\n0\r\n\r\n"))
  }

  @Test func `a drip is the whole answer, a byte at a time`() async throws {
    let (text, end) = try await ServedWorld.bytes(with: .drip(.microseconds(10)))
    let (head, body) = split(text)
    #expect(length(head) == body.utf8.count)
    let (slow, _) = try await ServedWorld.bytes(with: .dripHead(.milliseconds(50)), within: 30)
    #expect(slow == "H" || slow == "HT")
    #expect(end == .open)
  }

  @Test(arguments: ["HTTP/1.1 000 Odd", "HTTP/1.1 99999", "HTTP/7 abc"])
  func `a status line can be any text`(line: String) async throws {
    let result = try await ServedWorld.bytes(with: .statusLine(line))
    #expect(result.text.hasPrefix("\(line)\r\nContent-Type: application/json\r\n"))
    #expect(result.end == .open)
  }

  @Test func `an answer too many is the same once more`() async throws {
    let (text, end) = try await ServedWorld.bytes(with: .extraAnswer)
    #expect(text.ranges(of: "HTTP/1.1 200 OK").count == 2)
    #expect(text.prefix(text.count / 2) == text.suffix(text.count / 2))
    #expect(end == .open)
  }

  @Test(arguments: [-40, 40])
  func `a length can be too small and too large`(difference: Int) async throws {
    let result = try await ServedWorld.bytes(with: .lengthOff(by: difference))
    let (head, body) = split(result.text)
    #expect(length(head) == body.utf8.count + difference)
    #expect(result.end == .open)
  }

  @Test func `two lengths differ`() async throws {
    let (head, _) = split(try await ServedWorld.bytes(with: .twoLengths).text)
    let lengths = head.matches(of: /Content-Length: (\d+)/).compactMap { Int($0.1) }
    #expect(lengths.count == 2)
    #expect(Set(lengths).count == 2)
  }

  @Test func `a greeting is no HTTP and stays open`() async throws {
    let result = try await ServedWorld.bytes(with: .greeting("220 mail.example.com ESMTP"))
    #expect(result.text == "220 mail.example.com ESMTP\r\n")
    #expect(result.end == .open)
  }

  @Test func `a head can be huge`() async throws {
    let (head, body) = split(try await ServedWorld.bytes(with: .hugeHead).text)
    #expect(head.utf8.count > 1_000_000)
    #expect(length(head) == body.utf8.count)
  }

  @Test func `a head can go on for ever, and the others are served meanwhile`() async throws {
    try await withServer(.wire()) { world in
      let place = try #require(Scenario.wireFaults.firstIndex(of: .endlessHead)) * 2
      let endless = try world.client()
      endless.send(world.request(of: "wire", number: place))
      let text = endless.read { $0.utf8.count > 3 << 20 }.text
      #expect(text.hasPrefix("HTTP/1.1 200 OK\r\nX-Filler: x"))
      #expect(!text.contains("\r\n\r\n"))
      let other = try world.client()
      other.send(world.request(of: "wire", number: place + 1))
      #expect(other.readAnswer().hasPrefix("HTTP/1.1 200"))
    }
  }

  @Test func `an interim answer comes before the real one`() async throws {
    let (text, _) = try await ServedWorld.bytes(with: .interim(status: 103))
    #expect(text.hasPrefix("HTTP/1.1 103 Interim\r\nX-Interim: yes\r\n\r\nHTTP/1.1 200 OK\r\n"))
  }

  @Test func `a bad chunk follows a good one`() async throws {
    let (head, body) = split(try await ServedWorld.bytes(with: .badChunk).text)
    #expect(head.contains("Transfer-Encoding: chunked"))
    #expect(body.contains("\r\nzz\r\n"))
  }

  @Test func `encodings are said that are cut short or not there`() async throws {
    let gzip = split(try await ServedWorld.bytes(with: .gzipCut).text)
    let brotli = split(try await ServedWorld.bytes(with: .encoding("br")).text)
    #expect(gzip.head.contains("Content-Encoding: gzip\r\n"))
    #expect(gzip.body.utf8.first == 0x1F)
    #expect(brotli.head.contains("Content-Encoding: br\r\n"))
    #expect(brotli.body.hasPrefix("{"))
  }

  @Test func `an idle connection ends after a while, and not before`() async throws {
    let closed = try await ServedWorld.bytes(with: .idleClose(after: .milliseconds(20)))
    let open = try await ServedWorld.bytes(with: .idleClose(after: .seconds(20)))
    #expect(closed.text.hasPrefix("HTTP/1.1 200") && closed.end == .closed)
    #expect(open.text.hasPrefix("HTTP/1.1 200") && open.end == .open)
  }

  @Test func `a redirect leads to the answer at another path of the same server`() async throws {
    let (head, _) = split(try await ServedWorld.bytes(with: .redirect(to: "self")).text)
    #expect(head.hasPrefix("HTTP/1.1 302 Found\r\nLocation: /a/platform/"))
    #expect(head.contains("?redirected=1\r\nContent-Length: 0\r\n"))
  }

  @Test func `delays add up and the last fault wins`() async throws {
    let frame = WireFrame(date: "", connection: nil)
    let delivery = Delivery(
      target: "/",
      isRedirected: false,
      latency: .seconds(1),
      frame: frame
    )
    let world = Simulation(.one())
    let worldState = WorldState(world: world, state: world.state(at: .zero), clock: 0)
    let steps = delivery.steps(
      SimulatedAnswer("{}"),
      faults: [.silence, .latency(.seconds(2)), .reset],
      endpoints: KapsoEndpoints(worldState: worldState, account: 0)
    )
    #expect(steps == [.wait(.seconds(3)), .reset])
  }
}
