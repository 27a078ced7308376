import Glibc

/// Refuses requests to other hosts' names on an address of this machine.
///
/// A page in a browser on this machine can let its own name lead here, and would then read everything:
/// DNS rebinding. Its requests name its host.
enum HostCheck {
  /// Whether a request names at most one host, as HTTP has it.
  ///
  /// Of two, a proxy in front may have looked at the other one.
  static func isClear(_ request: HTTPRequest) -> Bool {
    let host = request.headers[.host]
    guard host.map({ name(of: $0) != nil }) ?? true else { return false }
    return request.authority.map { $0.lowercased() == host?.lowercased() } ?? true
  }

  static func allows(_ host: String?) -> Bool {
    guard let name = host.flatMap(name) else { return false }
    return name == "localhost" || name == "[::1]" || isLoopback(name)
  }

  /// Without its port and in small letters; nil for what is no host.
  private static func name(of host: String) -> String? {
    let end: String.Index
    if host.hasPrefix("[") {
      guard let bracket = host.firstIndex(of: "]") else { return nil }
      end = host.index(after: bracket)
    } else {
      end = host.firstIndex(of: ":") ?? host.endIndex
    }
    let (name, rest) = (host[..<end].lowercased(), host[end...])
    guard rest.isEmpty || rest.first == ":" && rest.utf8.dropFirst().allSatisfy(\.isDigit) else {
      return nil
    }
    let inner = name.hasPrefix("[") ? name.dropFirst().dropLast() : name[...]
    return inner.utf8.allSatisfy { isInName($0, isAddress: name.hasPrefix("[")) } ? name : nil
  }

  private static func isInName(_ byte: UInt8, isAddress: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."): true
    case UInt8(ascii: ":"): isAddress
    case UInt8(ascii: "-"), UInt8(ascii: "_"): !isAddress
    default: byte.isDigit
    }
  }

  private static func isLoopback(_ name: String) -> Bool {
    var address = in_addr()
    return inet_pton(AF_INET, name, &address) == 1 && name.hasPrefix("127.")
  }

  static let refusal = HTTPResponse.text(
    "This listener answers to localhost, 127.0.0.1 and [::1]; a proxy has to send one of them as Host.",
    status: 403
  )

  static let unclear = HTTPResponse.text(
    "A request names one host in one line, such as Host: localhost:9464, and no other one in its target.",
    status: 400
  )
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
