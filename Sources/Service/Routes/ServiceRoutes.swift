/// Which path answers what, and to whom.
package struct ServiceRoutes: Sendable {
  /// What a path answers.
  package struct Route: Sendable {
    package let reply: @Sendable (HTTPRequest) -> HTTPReply
    /// Whether it says so little that it needs no token.
    package let isOpen: Bool

    package init(isOpen: Bool = false, reply: @escaping @Sendable (HTTPRequest) -> HTTPReply) {
      self.isOpen = isOpen
      self.reply = reply
    }
  }

  private let routes: [String: Route]
  private let token: AccessToken?
  private let checksHost: Bool

  /// - Parameters:
  ///   - routes: By path.
  ///   - token: What clients have to send; nil means nothing.
  ///   - checksHost: Whether only names of this machine are answered to.
  package init(_ routes: [String: Route], token: AccessToken? = nil, checksHost: Bool = false) {
    self.routes = routes
    self.token = token
    self.checksHost = checksHost
  }

  package func reply(to request: HTTPRequest) -> HTTPReply {
    guard let refusal = refusal(of: request) else {
      return routes[request.path]?.reply(request).secured ?? .now(Self.unknown.secured)
    }
    return .now(refusal.secured)
  }

  private func refusal(of request: HTTPRequest) -> HTTPResponse? {
    guard HostCheck.isClear(request) else { return HostCheck.unclear }
    if checksHost, !HostCheck.allows(request.headers[.host]) { return HostCheck.refusal }
    let route = routes[request.path]
    if let token, route?.isOpen != true, !token.allows(request.headers[.authorization]) {
      return AccessToken.refusal
    }
    guard route != nil else { return Self.unknown }
    guard request.method == "GET" || request.method == "HEAD" else {
      return .text("Only GET and HEAD.", status: 405, headers: [("Allow", "GET, HEAD")])
    }
    return nil
  }

  private static let unknown = HTTPResponse.text(
    "There is no such path; / lists them.",
    status: 404
  )
}

extension HTTPReply {
  fileprivate var secured: Self {
    switch self {
    case .now(let response): .now(response.secured)
    case .later(let answer): .later { await answer().secured }
    }
  }
}

extension HTTPResponse {
  /// With the headers that every response has, unless it has its own.
  fileprivate var secured: Self {
    var response = self
    let all = [
      ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
      ("Cache-Control", "no-store"),
      ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ]
    for (name, value) in all where response.header(name) == nil {
      response.headers.append((name, value))
    }
    return response
  }
}
