import Foundation
import Health
import Providers
import Testing
import Transport

/// Answers that no provider's simulator gives: TLS of all kinds, no HTTP, too much in a small body.
struct RawAnswerTests {
  private static let good = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".utf8)

  private func ask(
    _ bytes: [UInt8],
    host: String = "127.0.0.1",
    tls: Bool = false,
    closes: Bool = false,
    caFile: String? = nil
  ) async throws -> Result<HTTPAnswer, ProviderError> {
    let server = try await RawServer(answering: bytes, tls: tls, closes: closes)
    let transport = AsyncHTTPTransport(version: "0.0.0")
    defer { transport.shutdown() }
    let request = HTTPRequest(
      url: "\(tls ? "https" : "http")://\(host):\(server.port)/health",
      headers: [HTTPHeader("X-API-Key", "demo")],
      timeout: .seconds(10),
      caFile: caFile
    )
    let result: Result<HTTPAnswer, ProviderError>
    do throws(ProviderError) {
      result = .success(try await transport.send(request))
    } catch {
      result = .failure(error)
    }
    transport.shutdown()
    try await server.stop()
    return result
  }

  private func withCAFile<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
    try Data(TestCertificate.certificate.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await body(file.path)
  }

  @Test func `a server whose authority is in ca_file is trusted`() async throws {
    let answer = try await withCAFile { file in
      try await ask(Self.good, host: "localhost", tls: true, caFile: file).get()
    }

    #expect(answer.body == Array("{}".utf8))
  }

  @Test func `a server that nobody vouches for is unreachable`() async throws {
    let result = try await ask(Self.good, host: "localhost", tls: true)

    let error = #expect(throws: ProviderError.self) { try result.get() }
    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("its certificate is not trusted") == true)
    #expect(error?.message.contains("ca_file") == true)
  }

  @Test func `a certificate for another name is refused`() async throws {
    let error = try await withCAFile { file in
      let result = try await ask(Self.good, host: "127.0.0.1", tls: true, caFile: file)
      return #expect(throws: ProviderError.self) { try result.get() }
    }

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("TLS") == true)
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

  @Test func `an error whose body breaks off is still an answer`() async throws {
    let text = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\n<html>"
    let answer = try await ask(Array(text.utf8), closes: true).get()

    #expect(answer.status == 503)
    #expect(answer.body == Array("<html>".utf8))
  }

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
