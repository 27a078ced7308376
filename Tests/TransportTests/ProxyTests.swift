import Health
import Providers
import Synchronization
import TestSupport
import Testing
import Transport

/// What stands between here and a provider.
@Suite(.realTime) struct ProxyTests {
  private func result(
    of url: String,
    through proxy: String?,
    timeout: Duration = .seconds(5)
  ) async -> Result<HTTPAnswer, ProviderError> {
    let transport = CurlTransport(version: "0.0.0")
    defer { transport.shutdown() }
    do throws(ProviderError) {
      return .success(
        try await transport.send(
          HTTPRequest(url: url, headers: [], timeout: timeout, proxy: proxy)
        )
      )
    } catch {
      return .failure(error)
    }
  }

  private func failure(of url: String, through proxy: String) async -> ProviderError? {
    let result = await result(of: url, through: proxy)
    return #expect(throws: ProviderError.self) { try result.get() }
  }

  @Test func `a proxy is asked in place of the host`() async throws {
    let heads = Mutex<[String]>([])
    let server = try RawServer { connection in
      while let head = connection.readHead() {
        heads.withLock { $0.append(head) }
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
      }
    }
    defer { server.stop() }
    let proxy = "http://user:demo-password@127.0.0.1:\(server.port)"
    let answer = try await result(of: "http://api.example.invalid/x", through: proxy).get()

    #expect(answer.status == 200)
    let head = heads.withLock { $0.first ?? "" }
    #expect(head.hasPrefix("GET http://api.example.invalid/x HTTP/1.1\r\n"))
    #expect(head.contains("Proxy-Authorization: Basic"))
  }

  @Test(arguments: [
    ("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "asks for a name"),
    ("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "did not connect"),
    ("HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\nforbidden", "did not connect"),
    ("220 mail.example.com ESMTP\r\n\r\n", "api.example.invalid"),
    ("", "api.example.invalid"),
  ])
  func `a proxy that does not connect is a sentence`(answer: String, words: String) async throws {
    let server = try RawServer { connection in
      _ = connection.readHead()
      connection.write(answer)
    }
    defer { server.stop() }
    let proxy = "http://user:demo-password@127.0.0.1:\(server.port)"
    let error = await failure(of: "https://api.example.invalid/x", through: proxy)

    #expect([.unreachable, .unintelligible].contains(error?.kind))
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("demo-password") == false)
  }

  @Test(arguments: ["http", "https"])
  func `a proxy that asks for a password is told alike over http and https`(
    scheme: String
  ) async throws {
    let server = try RawServer(
      answering: Array(
        ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
          + "Content-Length: 2\r\n\r\n{}").utf8
      )
    )
    defer { server.stop() }
    let error = await failure(
      of: "\(scheme)://api.example.invalid/x",
      through: "http://127.0.0.1:\(server.port)"
    )

    #expect(error?.kind == .unreachable)
    #expect(error?.httpStatus == nil)
    #expect(
      error?.message
        == "The proxy 127.0.0.1:\(server.port) asks for a name and password (407). Add"
        + " them to its address: http://NAME:PASSWORD@HOST:PORT."
    )
  }

  @Test func `a proxy that asks for a password and does not end its page is told as well`()
    async throws
  {
    let server = try RawServer(
      answering: Array("HTTP/1.1 407 No\r\nContent-Length: 100\r\n\r\n<html>".utf8),
      closes: true
    )
    defer { server.stop() }
    let error = await failure(
      of: "http://api.example.invalid/x",
      through: "http://127.0.0.1:\(server.port)"
    )

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("asks for a name and password (407)") == true)
  }

  @Test func `a proxy that nobody answers for is named`() async {
    let error = await failure(
      of: "https://api.example.invalid/x",
      through: "http://user:demo-password@127.0.0.1:1"
    )

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("The proxy 127.0.0.1:1 refused the connection") == true)
    #expect(error?.message.contains("demo-password") == false)
  }

  @Test func `what is no proxy is said without its password`() async {
    let error = await failure(
      of: "https://api.example.invalid/x",
      through: "garbage://user:demo-password@proxy.invalid:3128"
    )

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("demo-password") == false)
    #expect(error?.message.contains("proxy") == true, "\(error?.message ?? "")")
  }

  @Test func `a proxy whose name nobody has is named`() async {
    let error = await failure(
      of: "https://api.example.invalid/x",
      through: "http://user:demo-password@proxy.invalid:3128"
    )

    #expect(error?.kind == .unreachable)
    #expect(error?.message.contains("proxy.invalid:3128") == true)
    #expect(error?.message.contains("could not be resolved") == true)
    #expect(error?.message.contains("demo-password") == false)
  }
}
