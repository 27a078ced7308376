/// What is answered to a request.
package struct HTTPResponse: Sendable {
  package enum Body: Sendable {
    case bytes(ResponseBytes)
    /// Its end is not known yet.
    case stream(ResponseStream)
  }

  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: Body

  package init(
    status: Int = 200,
    headers: [(name: String, value: String)] = [],
    body: Body
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package init(
    status: Int = 200,
    type: String,
    headers: [(name: String, value: String)] = [],
    _ bytes: ResponseBytes
  ) {
    self.init(status: status, headers: [("Content-Type", type)] + headers, body: .bytes(bytes))
  }

  /// A sentence.
  package static func text(
    _ text: String,
    status: Int = 200,
    headers: [(name: String, value: String)] = []
  ) -> Self {
    let bytes = ResponseBytes(text + "\n")
    return Self(status: status, type: "text/plain; charset=utf-8", headers: headers, bytes)
  }

  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// How a request is answered: at once, or after some work.
package enum HTTPReply: Sendable {
  case now(HTTPResponse)
  case later(@Sendable () async -> HTTPResponse)
}
