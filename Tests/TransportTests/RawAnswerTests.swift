import Health
import Providers
import TestSupport
import Testing
import Transport

/// Answers that no provider's simulator gives: TLS of all kinds, no HTTP, too much in a small body.
@Suite(.realTime) struct RawAnswerTests {
  private static let good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

  private func ask(
    _ bytes: [UInt8],
    host: String = "127.0.0.1",
    closes: Bool = false
  ) async throws -> Result<HTTPAnswer, ProviderError> {
    let server = try RawServer(answering: bytes, closes: closes)
    defer { server.stop() }
    return await answer(from: "http://\(host):\(server.port)/health")
  }

  private func askOverTLS(
    host: String = "localhost",
    certificate: TestCertificate = .valid,
    isTrusted: Bool
  ) async throws -> Result<HTTPAnswer, ProviderError> {
    let server = try RawServer(answering: Array(Self.good.utf8))
    defer { server.stop() }
    let front = try TLSFront(to: server.port, with: certificate)
    defer { front.stop() }
    return await answer(
      from: "https://\(host):\(front.port)/health",
      caFile: isTrusted ? front.certificateFile : nil
    )
  }

  private func answer(
    from url: String,
    caFile: String? = nil
  ) async -> Result<HTTPAnswer, ProviderError> {
    let transport = CurlTransport(version: "0.0.0")
    defer { transport.shutdown() }
    let request = HTTPRequest(
      url: url,
      headers: [HTTPHeader("X-API-Key", "demo")],
      timeout: .seconds(10),
      caFile: caFile
    )
    do throws(ProviderError) {
      return .success(try await transport.send(request))
    } catch {
      return .failure(error)
    }
  }

  @Test func `a server whose authority is in ca_file is trusted`() async throws {
    let answer = try await askOverTLS(isTrusted: true).get()

    #expect(answer.body == Array("{}".utf8))
  }

  @Test func `a server that nobody vouches for is unreachable`() async throws {
    let result = try await askOverTLS(isTrusted: false)

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("its certificate is not trusted") == true)
    #expect(error?.message.contains("ca_file") == true)
  }

  @Test func `a certificate for another name is refused`() async throws {
    let result = try await askOverTLS(host: "127.0.0.1", isTrusted: true)

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("TLS") == true)
    #expect(error?.message.contains("for another name") == true)
  }

  @Test func `a certificate that has expired is called that`() async throws {
    let result = try await askOverTLS(certificate: .expired, isTrusted: true)

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("its certificate has expired") == true)
  }

  @Test func `what is not HTTP is unintelligible`() async throws {
    let result = try await ask(Array("220 mail.example.com ESMTP\r\n".utf8))

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unintelligible)
  }

  @Test func `a connection that is closed without an answer is unreachable`() async throws {
    let result = try await ask([], closes: true)

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unreachable)
  }

  @Test func `a small body that unpacks to more than the limit is unintelligible`() async throws {
    let packed = Self.packedBlanks(count: 3 * 1024 * 1024)
    let head =
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
    let result = try await ask(Array(head.utf8) + packed)

    #expect(packed.count < 32 * 1024)
    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unintelligible)
    #expect(error?.message.contains("2 MiB") == true)
  }

  @Test func `a head without end is unintelligible`() async throws {
    let lines = String(repeating: "X-Filler: \(String(repeating: "a", count: 1000))\r\n", count: 80)
    let result = try await ask(Array("HTTP/1.1 200 OK\r\n\(lines)\r\n".utf8), closes: true)

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unintelligible)
    #expect(error?.message.contains("64 KiB") == true)
  }

  @Test(arguments: ["trailers", "interim answers"])
  func `neither trailers nor interim answers go on without end`(kind: String) async throws {
    let filler = "X-Filler: \(String(repeating: "a", count: 1000))\r\n"
    let lines = String(repeating: filler, count: 80)
    let interim = String(repeating: "HTTP/1.1 103 Early Hints\r\n\(filler)\r\n", count: 80)
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
    let text = kind == "trailers" ? "\(chunked)\(lines)\r\n" : "\(interim)\(Self.good)"
    let result = try await ask(Array(text.utf8), closes: true)

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unintelligible)
    #expect(error?.message.contains("64 KiB") == true, "\(error?.message ?? "")")
  }

  @Test func `a few trailers do no harm`() async throws {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
    let answer = try await ask(Array("\(chunked)X-Sum: 1\r\n\r\n".utf8)).get()

    #expect(answer.body == Array("{}".utf8))
    #expect(answer.header("X-Sum") == nil)
  }

  @Test(arguments: [200, 503])
  func `a gzip of several parts is not read, and said so`(status: Int) async throws {
    let packed = Self.packedBraces + Self.packedBraces
    let head =
      "HTTP/1.1 \(status) X\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
    switch try await ask(Array(head.utf8) + packed) {
    // What an error says besides is not needed.
    case .success(let answer): #expect(status == 503 && answer.status == 503)
    case .failure(let error):
      #expect(status == 200 && error.kind == .unintelligible)
      #expect(error.message.contains("a gzip of several parts"), "\(error.message)")
    }
  }

  @Test func `an error whose body breaks off is still an answer`() async throws {
    let text = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\n<html>"
    let answer = try await ask(Array(text.utf8), closes: true).get()

    #expect(answer.status == 503)
    #expect(answer.body == Array("<html>".utf8))
  }

  @Test(arguments: ["000", "001", "099", "99", "0", "-1", "abc", "", "99999", "2000"])
  func `a status that is none is no answer that counts, and nothing falls over`(
    status: String
  ) async throws {
    for body in ["", "{}"] {
      let text = "HTTP/1.1 \(status) Odd\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      switch try await ask(Array(text.utf8), closes: true) {
      case .success(let answer): #expect(!(100..<400).contains(answer.status), "\(status)")
      case .failure(let error):
        #expect(error.kind == .unintelligible, "\(status): \(error.message)")
      }
    }
  }

  @Test(arguments: [100, 102, 103])
  func `interim answers come before the one that counts`(status: Int) async throws {
    let interim = "HTTP/1.1 \(status) Early\r\nX-RateLimit-Remaining: 0\r\n\r\n"
    let text = interim + interim + "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 2\r\n\r\n{}"
    let answer = try await ask(Array(text.utf8)).get()

    #expect(answer.status == 200)
    #expect(answer.body == Array("{}".utf8))
    #expect(answer.header("x-a") == "b")
    #expect(answer.header("X-RateLimit-Remaining") == nil)
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", true),
    ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", true),
    ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\"", true),
    ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}", true),
    ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}", false),
    ("HTTP/1.1 204 No Content\r\n\r\n", false),
    ("HTTP/1.0 200 OK\r\n\r\n{}", false),
    ("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}", false),
  ])
  func `what is wrong with a length or a coding never passes for a whole answer`(
    text: String,
    isFailure: Bool
  ) async throws {
    let result = try await ask(Array(text.utf8), closes: true)

    switch result {
    case .success(let answer): #expect(!isFailure, "\(answer)")
    case .failure(let error):
      #expect(isFailure, "\(error.message)")
      #expect([.unintelligible, .unreachable].contains(error.kind), "\(error.message)")
      #expect(!error.message.contains("Error"), "\(error.message)")
    }
  }

  @Test func `a gzip that is cut short or a coding nobody asked for leaves nothing to understand`()
    async throws
  {
    let packed = Self.packedBlanks(count: 1000).prefix(20)
    for coding in ["gzip", "br", "gzip, br"] {
      let head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: \(packed.count)\r\n\r\n"
      let result = try await ask(Array(head.utf8) + packed)
      guard case .success(let answer) = result else { continue }
      let response = ProviderResponse(answer, of: "Acme")
      let error = #expect(throws: ProviderError.self) { try response.content() }
      #expect(error?.kind == .unintelligible)
    }
  }

  /// `{}` as a whole gzip with the right sum.
  private static let packedBraces: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB,
    0xAE, 0x05, 0x00, 0x43, 0xBF, 0xA6, 0xA3, 0x02, 0x00, 0x00, 0x00,
  ]

  /// A gzip stream of blanks, by hand: one literal and then copies of 258 bytes each from one byte back.
  private static func packedBlanks(count: Int) -> [UInt8] {
    var bits: [UInt8] = [1, 1, 0]
    func append(_ code: Int, width: Int, to bits: inout [UInt8]) {
      for place in (0..<width).reversed() { bits.append(UInt8(code >> place & 1)) }
    }
    append(0x30 + 0x20, width: 8, to: &bits)
    for _ in 0...(count / 258) {
      append(0b1100_0101, width: 8, to: &bits)
      append(0, width: 5, to: &bits)
    }
    append(0, width: 7, to: &bits)
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bits.count, by: 8) {
      let part = bits[start..<min(start + 8, bits.count)].enumerated()
      bytes.append(part.reduce(0) { $0 | $1.element << UInt8($1.offset) })
    }
    return bytes + [UInt8](repeating: 0, count: 8)
  }
}
