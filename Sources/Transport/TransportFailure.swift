import AsyncHTTPClient
import Health
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Providers

import struct Foundation.URL

/// Turns what can happen to a connection into one plain sentence that names the host, never the query.
enum TransportFailure {
  struct BodyTooLarge: Error {}

  static func timedOut(_ request: HTTPRequest, wasCancelled: Bool) -> ProviderError {
    let host = URL(string: request.url).map(host) ?? "The provider"
    return wasCancelled
      ? ProviderError(.timedOut, "\(host) was not waited for: the request was cancelled.")
      : ProviderError(.timedOut, "\(host) did not answer within \(text(request.timeout)).")
  }

  /// Before an answer began.
  static func error(for error: any Error, at url: URL) -> ProviderError {
    let host = host(of: url)
    switch error {
    case let error as NIOConnectionError: return connection(error, host: host)
    case let error as HTTPClientError: return client(error, host: host)
    case let error as IOError: return io(error, host: host)
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      return tls(error, host: host)
    case is HTTPParserError:
      return ProviderError(.unintelligible, "\(host) did not answer in HTTP.")
    case is CancellationError:
      return ProviderError(.timedOut, "\(host) was not waited for: the request was cancelled.")
    default:
      return ProviderError(.unreachable, "The connection to \(host) failed (\(type(of: error))).")
    }
  }

  /// After an answer began: its status is known, its body is not whole.
  static func bodyError(for error: any Error, status: Int, received: Int) -> ProviderError {
    let isTooLarge = error is BodyTooLarge || isUnpackedTooLarge(error)
    if error is CancellationError || (error as? HTTPClientError) == .cancelled {
      return ProviderError(.timedOut, "The answer did not end in time.", httpStatus: status)
    }
    return ProviderError(
      .unintelligible,
      isTooLarge
        ? "The answer is larger than \(HTTPRequest.largestBody / 1024 / 1024) MiB and was not read."
        : "The answer broke off after \(received) bytes.",
      httpStatus: status
    )
  }

  private static func isUnpackedTooLarge(_ error: any Error) -> Bool {
    if case .limit? = error as? NIOHTTPDecompression.DecompressionError { true } else { false }
  }

  /// With its port where it is not the scheme's own.
  static func host(of url: URL) -> String {
    let host = url.host() ?? url.absoluteString
    return url.port.map { "\(host):\($0)" } ?? host
  }

  private static func connection(_ error: NIOConnectionError, host: String) -> ProviderError {
    if error.connectionErrors.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
      return unknownName(host)
    }
    let errors = error.connectionErrors.compactMap { $0.error as? IOError }
    if let refused = errors.first(where: { $0.errnoCode == ECONNREFUSED }) {
      return io(refused, host: host)
    }
    return errors.first.map { io($0, host: host) }
      ?? ProviderError(.unreachable, "No connection to \(host). Check the network and base_url.")
  }

  private static func unknownName(_ host: String) -> ProviderError {
    ProviderError(
      .unreachable,
      "The name \(host) could not be resolved. Check base_url and this machine's DNS."
    )
  }

  private static func client(_ error: HTTPClientError, host: String) -> ProviderError {
    switch error {
    case .cancelled, .requestStreamCancelled, .alreadyShutdown:
      ProviderError(.timedOut, "\(host) was not waited for: the request was cancelled.")
    case .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout:
      ProviderError(.timedOut, "\(host) did not answer in time.")
    case .connectTimeout:
      ProviderError(
        .unreachable,
        "No connection to \(host) within 10 s. Check the network, the firewall and base_url."
      )
    case .tlsHandshakeTimeout: tls(error, host: host)
    case .remoteConnectionClosed:
      ProviderError(.unreachable, "\(host) closed the connection without an answer.")
    default:
      ProviderError(.unreachable, "The request to \(host) failed (\(error.shortDescription)).")
    }
  }

  private static func io(_ error: IOError, host: String) -> ProviderError {
    let (what, next) =
      switch error.errnoCode {
      case ECONNREFUSED: ("refused the connection", "Check base_url and whether it is up.")
      case ECONNRESET, EPIPE: ("reset the connection", "It is tried again.")
      case EHOSTUNREACH, ENETUNREACH: ("cannot be reached from here", "Check the network.")
      case ETIMEDOUT: ("did not take the connection", "Check the network and the firewall.")
      default: ("cannot be reached (errno \(error.errnoCode))", "Check the network.")
      }
    return ProviderError(.unreachable, "\(host) \(what). \(next)")
  }

  private static func tls(_ error: any Error, host: String) -> ProviderError {
    ProviderError(
      .unreachable,
      "No trusted TLS connection to \(host) (\(reason(error))). Check this machine's clock and its "
        + "certificate authorities, or name the right ones in ca_file."
    )
  }

  private static func reason(_ error: any Error) -> String {
    let text = "\(error)"
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not trusted" }
    if text.contains("failedToValidateHostname") { return "its certificate is for another name" }
    if error is HTTPClientError { return "the handshake took too long" }
    return "the handshake failed"
  }

  private static func text(_ duration: Duration) -> String {
    duration.formatted(.units(allowed: [.seconds, .milliseconds], width: .narrow))
  }
}
