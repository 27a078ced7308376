import Glibc

/// Refuses requests to other hosts' names on an address of this machine.
///
/// A page in a browser on this machine can let its own name lead here, and would then read everything:
/// DNS rebinding. Its requests name its host.
enum HostCheck {
  static func allows(_ host: String?) -> Bool {
    guard let host else { return false }
    let name = withoutPort(host).lowercased()
    return name == "localhost" || name == "[::1]" || isLoopback(name)
  }

  private static func withoutPort(_ host: String) -> String {
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return host }
      return String(host[...end])
    }
    return String(host.prefix { $0 != ":" })
  }

  private static func isLoopback(_ name: String) -> Bool {
    var address = in_addr()
    return inet_pton(AF_INET, name, &address) == 1 && name.hasPrefix("127.")
  }

  static let refusal = HTTPResponse.text(
    "This listener answers to localhost, 127.0.0.1 and [::1]; a proxy has to send one of them as Host.",
    status: 403
  )
}
