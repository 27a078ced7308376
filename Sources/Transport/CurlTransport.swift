package import Health
package import Providers
import ServiceLifecycle

/// Sends requests with the system's libcurl, which gets the system's security updates.
///
/// One deadline covers the whole request: waiting for a connection, connecting, redirects, and the
/// body to its last byte, so that a slow server can't hold it. Keys are sent only to the server
/// that they are meant for. Nothing is logged.
package final class CurlTransport: HTTPTransport, Service {
  private let loop: CurlLoop

  private static let mostRedirects = 5

  /// The first request opens libcurl and starts the thread.
  ///
  /// - Parameter version: wabatop's, for the header `User-Agent`.
  package convenience init(version: String) { self.init(version: version, limits: nil) }

  /// - Parameters:
  ///   - version: wabatop's.
  ///   - limits: How many requests may run; nil derives it from this process's limit.
  init(version: String, limits: ConnectionLimits?) {
    loop = CurlLoop(userAgent: "wabatop/\(version)", limits: limits)
  }

  deinit { loop.end() }

  package func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    let start = ContinuousClock.now
    let deadline = start + request.timeout
    guard request.url.isHTTPAddress else { throw TransportFailure.noAddress(request.url) }
    if let file = request.caFile, !CertificateAuthorities.isReadable(file) {
      throw TransportFailure.unreadableAuthorities(file)
    }
    var headers = try Self.lines(of: request.headers)
    // A server that does not know `Expect: 100-continue` would hold up a large body for a second.
    if request.body != nil { headers.append("Expect:") }
    var url = request.url
    for _ in 0...Self.mostRedirects {
      let exchange = CurlExchange(
        url: url,
        headers: headers,
        body: request.body,
        deadline: deadline,
        kind: CurlExchange.Kind(request)
      )
      let outcome = await loop.perform(exchange)
      guard request.body == nil, let next = try outcome.redirect(from: url) else {
        return try outcome.answer(to: request, at: url, latency: .now - start)
      }
      url = next
    }
    throw TransportFailure.tooManyRedirects(url, most: Self.mostRedirects)
  }

  /// Waits for the graceful shutdown and then drops all running requests.
  package func run() async throws {
    try? await gracefulShutdown()
    shutdown()
  }

  /// Ends all requests and connections; returns at once.
  package func shutdown() { loop.end() }

  /// The headers in libcurl's format.
  ///
  /// - Throws: `.credentialRejected` for a value with a line break, which would start another
  ///   header.
  private static func lines(of headers: [HTTPHeader]) throws(ProviderError) -> [String] {
    var lines: [String] = []
    lines.reserveCapacity(headers.count)
    for header in headers {
      guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw ProviderError(
          .credentialRejected,
          "The header \(header.name) was not sent: its value holds a line break or control character."
            + " Remove it from the configured key."
        )
      }
      // For libcurl, "Name:" means not to send the header.
      lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    return lines
  }
}

extension String {
  /// Checked here, because libcurl would guess a missing scheme.
  fileprivate var isHTTPAddress: Bool { hasPrefix("https://") || hasPrefix("http://") }
}
