import Configuration
import Testing

@testable import Service

/// Who may ask, and how.
struct AccessTests {
  private static let token = AccessToken("demo-token-0123456789")

  @Test(
    arguments: [
      (nil, false), ("", false), ("Bearer", false), ("Bearer ", false),
      ("Bearer demo-token-0123456789", true), ("bearer demo-token-0123456789", true),
      ("Bearer demo-token-012345678", false), ("Bearer demo-token-0123456789x", false),
      ("Bearer demo-token-0123456789 ", false),
      ("Bearer demo-token-0123456789demo-token-0123456789", false),
      ("Token demo-token-0123456789", false),
      // "wall:demo-token-0123456789" and "wall:other".
      ("Basic d2FsbDpkZW1vLXRva2VuLTAxMjM0NTY3ODk=", true), ("Basic d2FsbDpvdGhlcg==", false),
      ("Basic ****", false), ("Basic", false),
    ] as [(String?, Bool)]
  )
  func `only the token itself is let in`(authorization: String?, isAllowed: Bool) throws {
    #expect(try #require(Self.token).allows(authorization) == isAllowed)
  }

  @Test(arguments: ["", "short", "fifteen-letters", "with a blank in it", "mit-ümlaut-0123456789"])
  func `what is no secret is no token`(text: String) { #expect(AccessToken(text) == nil) }

  @Test(arguments: [
    ("localhost", true), ("localhost:9464", true), ("LOCALHOST:1", true), ("127.0.0.1", true),
    ("127.1.2.3:80", true), ("[::1]", true), ("[::1]:9464", true), ("", false),
    ("evil.example", false), ("localhost.evil.example", false), ("127.0.0.1.evil.example", false),
    ("192.0.2.1", false), ("[::2]:9464", false), ("[::1", false), ("localhost:80@evil", false),
    ("localhost:80 evil", false), ("localhost:80:80", false), ("[::1]evil", false),
    ("user@localhost", false), ("localhost/", false), ("localhost, localhost", false),
    ("127.0.0.1:80/evil", false), ("localhost:", true),
  ])
  func `names of other hosts are refused`(host: String, isAllowed: Bool) {
    #expect(HostCheck.allows(host) == isAllowed)
  }

  private static func status(_ request: HTTPRequest, token: AccessToken?) -> Int? {
    let routes = ServiceRoutes(
      [
        "/open": ServiceRoutes.Route(isOpen: true) { _ in .now(.text("open")) },
        "/closed": ServiceRoutes.Route { _ in .now(.text("closed")) },
      ],
      token: token,
      checksHost: token == nil
    )
    guard case .now(let response) = routes.reply(to: request) else { return nil }
    return response.status
  }

  @Test func `without the token only what says nothing is answered`() {
    let headers = [HTTPRequest.Header.host: "wall.example"]
    for (path, status) in [("/open", 200), ("/closed", 401), ("/none", 401)] {
      #expect(Self.status(HTTPRequest(target: path, headers: headers), token: Self.token) == status)
    }
    #expect(AccessToken.refusal.header("WWW-Authenticate") == "Bearer realm=\"wabatop\"")
  }

  @Test func `a page that leads its own name here reads nothing`() {
    let local = HTTPRequest(target: "/closed", headers: [.host: "127.0.0.1:9464"])
    let foreign = HTTPRequest(target: "/closed", headers: [.host: "evil.example:9464"])
    #expect(Self.status(local, token: nil) == 200)
    #expect(Self.status(foreign, token: nil) == 403)
    #expect(Self.status(HTTPRequest(target: "/closed"), token: nil) == 403)
  }

  @Test(
    arguments: [
      ("localhost:80@evil", nil, 400), ("localhost, evil.example", nil, 400), ("", nil, 403),
      ("localhost", "http://evil.example/closed", 400),
      ("localhost", "http://localhost/closed", 200),
      ("localhost", "HTTP://LOCALHOST/closed?", 200),
      ("localhost", "http://localhost:81/closed", 400),
      ("localhost", "http://localhost@evil/closed", 400), ("localhost", "http://localhost", 404),
      ("localhost", "http://localhost?/closed", 404),
      ("localhost", "https://localhost/closed", 404),
      ("evil.example", "http://evil.example/closed", 403),
    ] as [(String, String?, Int)]
  )
  func `a request names one host`(host: String, target: String?, status: Int) {
    let request = HTTPRequest(target: target ?? "/closed", headers: [.host: host])
    #expect(Self.status(request, token: nil) == status)
  }

  @Test func `with a token too, a request names one host`() {
    let headers = [HTTPRequest.Header.host: "a.example, b.example"]
    let request = HTTPRequest(target: "/open", headers: headers)
    #expect(Self.status(request, token: Self.token) == 400)
  }

  @Test(arguments: [
    ("127.0.0.1:9464", true), ("127.8.8.8:1", true), ("localhost:0", true), ("[::1]:9464", true),
    ("unix:/run/wabatop.sock", true), ("0.0.0.0:9464", false), ("192.0.2.1:80", false),
    ("[::]:9464", false), ("[2001:db8::1]:9464", false),
  ])
  func `addresses are read, and it is known who reaches them`(text: String, isLocal: Bool) throws {
    #expect(try #require(ListenAddress(text)).isLocal == isLocal)
  }

  @Test(arguments: [
    "", "9464", ":9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:-1", "::1:9464",
    "[::1]", "[127.0.0.1]:1", "example.com:80", "unix:", "unix:relative", "http://127.0.0.1:1",
    "127.0.0.1:9464/", "256.0.0.1:1",
  ])
  func `everything else is no address`(text: String) { #expect(ListenAddress(text) == nil) }
}
