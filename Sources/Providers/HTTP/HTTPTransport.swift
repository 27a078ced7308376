package import Health

/// Port: sends one request and returns the whole answer.
package protocol HTTPTransport: Sendable {
  /// - Throws: `.unreachable` (DNS, TCP, TLS), `.timedOut`, or `.unintelligible` (more than
  ///   `HTTPRequest.largestBody`, a redirect to another host). An answer with any status is no error.
  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer
}

/// A GET, for that is all that wabatop ever sends.
package struct HTTPRequest: Hashable, Sendable {
  /// Absolute; may hold a secret where a provider takes it no other way: never logged, never shown.
  package let url: String
  /// May hold secrets: never logged, never shown.
  package let headers: [HTTPHeader]
  package let timeout: Duration
  /// PEM file of the certificate authorities to trust in place of the system's.
  package let caFile: String?
  /// Address of the proxy in place of the environment's; empty for none at all.
  ///
  /// May hold a password: never logged, never shown.
  package let proxy: String?
  /// Several requests share one connection where the server can do that, too.
  package let usesHTTP2: Bool

  /// Bytes of a body after which reading stops: an answer is a few kilobytes.
  package static let largestBody = 2 * 1024 * 1024

  package init(
    url: String,
    headers: [HTTPHeader],
    timeout: Duration,
    caFile: String? = nil,
    proxy: String? = nil,
    usesHTTP2: Bool = false
  ) {
    self.url = url
    self.headers = headers
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

  /// The first value of a header, whatever the case of its name.
  package func header(_ name: StaticString) -> String? { head.value(of: name) }
}
