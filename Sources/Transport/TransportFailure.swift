import CCurl
import Health
import Providers

/// Turns connection errors into one plain sentence that names the host, never the query.
enum TransportFailure {
  static func noAddress(_ url: String) -> ProviderError {
    ProviderError(.unreachable, "\(server(of: url)) is not a valid address. Check base_url.")
  }

  static func unreadableAuthorities(_ file: String) -> ProviderError {
    ProviderError(
      .unreachable,
      "The certificate authorities in \(file) (ca_file) cannot be read. It must be a PEM file."
    )
  }

  static func cancelled(_ url: String) -> ProviderError {
    ProviderError(
      .timedOut,
      "The request to \(host(of: url)) was cancelled."
    )
  }

  static func notSent(_ url: String) -> ProviderError {
    ProviderError(
      .timedOut,
      "\(host(of: url)) was not asked: all connections were in use. Lower concurrency, or raise the limit"
        + " on open files (ulimit -n)."
    )
  }

  static func tooManyRedirects(_ url: String, most: Int) -> ProviderError {
    ProviderError(.unintelligible, "\(host(of: url)) redirected more than \(most) times.")
  }

  /// Host and port for display, without a user name.
  static func host(of url: String) -> String {
    guard let start = endOfScheme(url) else { return url }
    let authority = url.utf8[start...].prefix { ![0x2F, 0x3F, 0x23].contains($0) }
    let host = authority.lastIndex(of: UInt8(ascii: "@")).map {
      authority[authority.index(after: $0)...]
    }
    return String(Substring(host ?? authority))
  }

  /// The scheme and the host.
  private static func server(of url: String) -> String {
    guard let start = endOfScheme(url) else { return String(url.prefix { $0 != "?" }) }
    return url[..<start] + host(of: url)
  }

  /// The index after `://`.
  private static func endOfScheme(_ url: String) -> String.Index? {
    let bytes = url.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[colon...].starts(with: "://".utf8)
    else { return nil }
    return bytes.index(colon, offsetBy: 3)
  }
}

extension CurlFailure {
  /// Codes of a connection that ended before an answer: closed, write error, read error, and HTTP/2
  /// stream error.
  static let connectionLost: Set<Int> = [52, 55, 56, 92]

  /// Code of a transfer that we end.
  static let aborted: Int32 = 42

  /// The status with which a proxy asks for a name and password.
  static let passwordAsked = 407

  /// Whether the answer was cut off.
  var isBrokenOff: Bool { excess == ccurl_within_limits && [18, 23, 56, 61, 92].contains(code) }

  /// The error for a request; `status` is that of an answer that was cut off, `received` the bytes
  /// of its body.
  func error(
    at url: String,
    _ request: HTTPRequest,
    status: Int?,
    received: Int
  ) -> ProviderError {
    let host = TransportFailure.host(of: url)
    let proxy = usedProxy(at: url)
    // The proxy is named too, so that it is clear which server to check.
    let place = proxy.map { "\(host) (through the proxy \($0))" } ?? host
    if let error = limitError(place, status: status) { return error }
    if proxyStatus == Self.passwordAsked { return proxyRefused(host, proxy) }
    if code == 28 { return timeOut(place, request) }
    if let status { return brokenOff(place, status: status, received: received) }
    switch code {
    case 3: return TransportFailure.noAddress(url)
    case 5:
      return unreachable(
        "The proxy\(configuredProxy.map { " \($0)" } ?? "") has a name that could not be resolved."
          + Self.proxyAdvice
      )
    case 6:
      return unreachable(
        "The name \(host) could not be resolved. Check base_url and this machine's DNS."
      )
    case 7: return notConnected(host, proxy: proxy)
    case 35: return handshake(place)
    case 60: return tls(place, certificateFault)
    case 77: return TransportFailure.unreadableAuthorities(request.caFile ?? "the system's list")
    case 1, 8: return ProviderError(.unintelligible, "\(place) did not answer with HTTP.")
    case 52: return unreachable("\(place) closed the connection without an answer.")
    case 55, 56, 92: return lost(host, place, proxy: proxy)
    case 97: return proxyRefused(host, proxy)
    default: return unreachable("The request to \(place) failed (libcurl's code \(code)).")
    }
  }

  private static let proxyAdvice = " Check proxy, and https_proxy in the environment."

  private func unreachable(_ message: String) -> ProviderError {
    ProviderError(.unreachable, message)
  }

  private func limitError(_ host: String, status: Int?) -> ProviderError? {
    switch excess {
    case ccurl_body_too_large:
      let most = HTTPRequest.largestBody / 1024 / 1024
      return ProviderError(
        .unintelligible,
        "The answer is larger than \(most) MiB and was not read.",
        httpStatus: status
      )
    case ccurl_head_too_large:
      return ProviderError(
        .unintelligible,
        "The headers of the answer of \(host) are larger than 64 KiB and were not read.",
        httpStatus: status
      )
    default: return nil
    }
  }

  private func timeOut(_ host: String, _ request: HTTPRequest) -> ProviderError {
    // libcurl's own time limit for connecting is shorter than most requests' deadline.
    let isConnecting = words.hasPrefix("Connection tim") || words.hasPrefix("Failed to connect")
    if isConnecting, request.timeout > .seconds(10) {
      return unreachable(
        "No connection to \(host) within 10 s. Check the network, the firewall and base_url."
      )
    }
    return ProviderError(.timedOut, "\(host) did not answer within \(request.timeout.shortText).")
  }

  private func brokenOff(_ host: String, status: Int, received: Int) -> ProviderError {
    guard isHeadWhole, code != 1, code != 8 else {
      return ProviderError(
        .unintelligible,
        "\(host) did not answer with HTTP: the head of its answer cannot be read.",
        httpStatus: status
      )
    }
    let what =
      switch code {
      // libcurl stops after the first part of a gzip.
      case 23: "is a gzip of several parts, which is not supported"
      case 61: "is compressed in a way that cannot be read"
      default: "was cut off after \(received) bytes"
      }
    return ProviderError(.unintelligible, "The answer \(what).", httpStatus: status)
  }

  private func notConnected(_ host: String, proxy: String?) -> ProviderError {
    guard !words.contains("Unsupported proxy") else {
      return unreachable(
        "The environment does not name a valid proxy address." + Self.proxyAdvice
      )
    }
    let proxy = proxy ?? proxyHost(insteadOf: host)
    let advice =
      proxy == nil ? "Check base_url and whether the server is up." : Self.proxyAdvice.dropFirst()
    let (what, next) =
      switch systemError {
      case 111: ("refused the connection", String(advice))
      case 113, 101: ("cannot be reached from here", "Check the network.")
      case 110: ("did not accept the connection", "Check the network and the firewall.")
      case 24, 23: ("could not be asked: too many files are open", "Raise the limit (ulimit -n).")
      default: ("cannot be reached", String(advice))
      }
    return unreachable("\(proxy.map { "The proxy \($0)" } ?? host) \(what). \(next)")
  }

  private func lost(_ host: String, _ place: String, proxy: String?) -> ProviderError {
    if proxyStatus >= 300 { return proxyRefused(host, proxy) }
    if systemError == 104 || systemError == 32 || words.contains("reset") {
      return unreachable("\(place) reset the connection. wabatop tries again.")
    }
    return unreachable("The connection to \(place) was lost before an answer. wabatop tries again.")
  }

  private func proxyRefused(_ host: String, _ proxy: String?) -> ProviderError {
    let name = (configuredProxy ?? proxy).map { "The proxy \($0)" } ?? "The proxy"
    if proxyStatus == Self.passwordAsked {
      return unreachable(
        "\(name) asks for a name and password (407). Add them to its address:"
          + " http://NAME:PASSWORD@HOST:PORT."
      )
    }
    let status = proxyStatus > 0 ? " (\(proxyStatus))" : ""
    return unreachable("\(name) did not connect to \(host)\(status)." + Self.proxyAdvice)
  }

  private func handshake(_ host: String) -> ProviderError {
    unreachable(
      "No TLS connection to \(host) (the handshake failed). Check that base_url names the right port, and"
        + " that the server there speaks TLS 1.2 or later."
    )
  }

  private func tls(_ host: String, _ reason: String) -> ProviderError {
    unreachable(
      "No trusted TLS connection to \(host) (\(reason)). Check this machine's clock and its "
        + "certificate authorities, or name the right ones in ca_file."
    )
  }

  /// By OpenSSL's codes: X509_V_ERR_CERT_HAS_EXPIRED and so on.
  private var certificateFault: String {
    switch verifyResult {
    case 10: "its certificate has expired"
    case 9: "its certificate is not valid yet"
    case 18, 19, 20, 21: "its certificate is not trusted"
    case 23: "its certificate was revoked"
    case 0, 1, 62, 64: "its certificate is for another name"
    default: "its certificate is not trusted"
    }
  }

  /// Host and port of the configured proxy.
  private var configuredProxy: String? {
    proxy.flatMap { $0.isEmpty ? nil : TransportFailure.host(of: $0) }
  }

  /// The proxy of the connection: the configured one, or one that differs from the host only by its
  /// port.
  private func usedProxy(at url: String) -> String? {
    if let configuredProxy { return configuredProxy }
    guard let peer, let address = ServerAddress(url), address.port != String(port) else {
      return nil
    }
    return peer
  }

  /// The address that libcurl tried to connect to, from its message; nil if it was the host itself.
  private func proxyHost(insteadOf host: String) -> String? {
    guard let match = words.firstMatch(of: /Failed to connect to (\S+) port (\d+)/) else {
      return nil
    }
    let isHost = host == match.1 || host == "\(match.1):\(match.2)" || host.hasPrefix("[")
    return isHost ? nil : "\(match.1):\(match.2)"
  }
}

extension Duration {
  /// Seconds and milliseconds: `15s`, `300ms`, `1s 500ms`.
  var shortText: String {
    let seconds = components.seconds
    let milliseconds = components.attoseconds / 1_000_000_000_000_000
    let parts = [seconds > 0 ? "\(seconds)s" : nil, milliseconds > 0 ? "\(milliseconds)ms" : nil]
    let text = parts.compactMap(\.self).joined(separator: " ")
    return text.isEmpty ? "0s" : text
  }
}
