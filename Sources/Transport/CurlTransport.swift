package import Health
package import Providers
import ServiceLifecycle

/// Sends requests with libcurl, which the system provides and keeps safe.
///
/// A request is bounded as a whole: waiting for a connection, connecting, redirects and the last byte of
/// the body share one deadline, so that a server that drips gains nothing. Keys go to the server that
/// they were meant for and to no other. Nothing is logged.
package final class CurlTransport: HTTPTransport, Service {
  private let loop: CurlLoop

  private static let mostRedirects = 5

  /// Opens nothing: the first request opens libcurl and starts the thread.
  ///
  /// - Parameter version: wabatop's, for the header `User-Agent`.
  package convenience init(version: String) { self.init(version: version, limits: nil) }

  /// - Parameters:
  ///   - version: wabatop's.
  ///   - limits: How many requests may be under way; nil lets this process's limit decide.
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
    let headers = try Self.lines(of: request.headers)
    var url = request.url
    for _ in 0...Self.mostRedirects {
      let exchange = CurlExchange(
        url: url,
        headers: headers,
        deadline: deadline,
        kind: CurlExchange.Kind(request)
      )
      let outcome = await loop.perform(exchange)
      guard let next = try outcome.redirect(from: url) else {
        return try outcome.answer(to: request, at: url, latency: .now - start)
      }
      url = next
    }
    throw TransportFailure.tooManyRedirects(url, most: Self.mostRedirects)
  }

  /// Waits for the graceful shutdown and then drops all requests that are under way.
  package func run() async throws {
    try? await gracefulShutdown()
    shutdown()
  }

  /// Ends all requests and connections; returns at once.
  package func shutdown() { loop.end() }

  /// As libcurl takes them.
  ///
  /// - Throws: `.credentialRejected` for a value with a line break: what follows it would pass for a
  ///   header of its own.
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
      // To libcurl "Name:" means: do not send it.
      lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    return lines
  }
}

extension String {
  /// libcurl would guess a scheme where there is none.
  fileprivate var isHTTPAddress: Bool { hasPrefix("https://") || hasPrefix("http://") }
}
