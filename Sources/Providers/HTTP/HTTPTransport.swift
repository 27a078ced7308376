package import Health

/// Port: sends one request and returns the whole answer.
package protocol HTTPTransport: Sendable {
  /// - Throws: `.unreachable` (DNS, TCP, TLS), `.timedOut`, or `.unintelligible` (more than
  ///   `HTTPRequest.largestBody`, a redirect to another host). An answer with any status is no error.
  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer
}

/// A request: providers are only asked with GET, and receivers of alerts are told with POST.
package struct HTTPRequest: Hashable, Sendable {
  /// Absolute.
  ///
  /// It contains a secret if a provider accepts it only there: never logged, never shown.
  package let url: String
  /// May contain secrets: never logged, never shown.
  package let headers: [HTTPHeader]
  /// Makes it a POST, whose redirects are answers: nobody else is meant to get the body.
  package let body: [UInt8]?
  package let timeout: Duration
  /// PEM file of the certificate authorities to trust instead of the system's.
  package let caFile: String?
  /// Address of the proxy instead of the environment's; empty for none.
  ///
  /// May contain a password: never logged, never shown.
  package let proxy: String?
  /// Whether several requests share one connection, if the server supports it.
  package let usesHTTP2: Bool

  /// The maximum size of a body; a normal answer has a few kilobytes.
  package static let largestBody = 2 * 1024 * 1024

  package init(
    url: String,
    headers: [HTTPHeader],
    body: [UInt8]? = nil,
    timeout: Duration,
    caFile: String? = nil,
    proxy: String? = nil,
    usesHTTP2: Bool = false
  ) {
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.caFile = caFile
    self.proxy = proxy
    self.usesHTTP2 = usesHTTP2
  }
}

package struct HTTPHeader: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

package struct HTTPAnswer: Hashable, Sendable {
  package let status: Int
  package let head: HTTPHead
  package let body: [UInt8]
  /// From sending to the last byte.
  package let latency: Duration

  package init(
    status: Int,
    head: HTTPHead = HTTPHead([]),
    body: [UInt8],
    latency: Duration = .zero
  ) {
    self.status = status
    self.head = head
    self.body = body
    self.latency = latency
  }

  /// The first value of a header; the case of the name does not matter.
  package func header(_ name: StaticString) -> String? { head.value(of: name) }
}
