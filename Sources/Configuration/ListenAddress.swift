import Glibc

/// Where `serve` listens: `127.0.0.1:9464`, `[::1]:9464` or `unix:/run/wabatop.sock`.
///
/// Names of hosts are not looked up: what an address means must not depend on a name server.
package enum ListenAddress: Hashable, Sendable {
  case ipv4(host: String, port: UInt16)
  case ipv6(host: String, port: UInt16)
  case unix(path: String)

  /// What is accepted, for messages.
  package static let forms = "such as 127.0.0.1:9464, [::1]:9464 or unix:/run/wabatop.sock"

  /// Nil for any other text.
  package init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst("unix:".count))
      guard path.hasPrefix("/"), path.utf8.count <= Self.longestPath, !path.utf8.contains(0) else {
        return nil
      }
      self = .unix(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"),
      let port = ScalarForms.integer(String(text[text.index(after: colon)...]), in: 0...65535)
    else { return nil }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      let inner = String(host.dropFirst().dropLast())
      guard Self.isAddress(inner, AF_INET6) else { return nil }
      self = .ipv6(host: inner, port: UInt16(port))
    } else {
      let host = host == "localhost" ? "127.0.0.1" : String(host)
      guard Self.isAddress(host, AF_INET) else { return nil }
      self = .ipv4(host: host, port: UInt16(port))
    }
  }

  /// A socket's address has room for so many bytes, and a zero.
  private static let longestPath = 107

  private static func isAddress(_ host: String, _ family: Int32) -> Bool {
    var bytes = in6_addr()
    return inet_pton(family, host, &bytes) == 1
  }

  /// Whether only this machine can connect.
  package var isLocal: Bool {
    switch self {
    case .ipv4(let host, _): host.hasPrefix("127.")
    case .ipv6(let host, _):
      withUnsafeBytes(of: Self.bytes(host)) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    case .unix: true
    }
  }

  private static func bytes(_ host: String) -> in6_addr {
    var bytes = in6_addr()
    inet_pton(AF_INET6, host, &bytes)
    return bytes
  }
}

extension ListenAddress: CustomStringConvertible {
  /// As it is configured.
  package var description: String {
    switch self {
    case .ipv4(let host, let port): "\(host):\(port)"
    case .ipv6(let host, let port): "[\(host)]:\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}

/// For what there are metrics, from few series to many.
package enum MetricsDetail: String, CaseIterable, Sendable, Comparable {
  case account
  case waba
  case number
  case template

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
