package import Health

/// Port: sends one request and returns the whole answer.
package protocol HTTPTransport: Sendable {
  /// - Throws: `.unreachable` (DNS, TCP, TLS), `.timedOut`, or `.unintelligible` (more than
  ///   `HTTPRequest.largestBody`, a redirect to another host). An answer with any status is no error.
  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer
}

/// A GET, for that is all that wabatop ever sends.
package struct HTTPRequest: Hashable, Sendable {
  /// Absolute; holds no secret.
  package let url: String
  /// May hold secrets: never logged, never shown.
  package let headers: [HTTPHeader]
  package let timeout: Duration
  /// PEM file of the certificate authorities to trust in place of the system's.
  package let caFile: String?

  /// Bytes of a body after which reading stops: an answer is a few kilobytes.
  package static let largestBody = 2 * 1024 * 1024

  package init(url: String, headers: [HTTPHeader], timeout: Duration, caFile: String? = nil) {
    self.url = url
    self.headers = headers
    self.timeout = timeout
    self.caFile = caFile
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

extension HTTPHeader {
  /// Names are ASCII and their case means nothing; every answer is searched for several.
  fileprivate func isNamed(_ other: String) -> Bool {
    guard name.utf8.count == other.utf8.count else { return false }
    return zip(name.utf8, other.utf8).allSatisfy { mine, theirs in
      mine == theirs
        || (mine ^ theirs == 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(mine | 0x20))
    }
  }
}

package struct HTTPAnswer: Hashable, Sendable {
  package let status: Int
  package let headers: [HTTPHeader]
  package let body: [UInt8]
  /// From sending to the last byte.
  package let latency: Duration

  package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8], latency: Duration = .zero) {
    self.status = status
    self.headers = headers
    self.body = body
    self.latency = latency
  }

  /// The first value of a header, whatever the case of its name.
  package func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }
}
