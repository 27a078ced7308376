/// Reads plain values; nil for any other text.
package enum ScalarForms {
  /// `60s`, `5m`, `1h`, `25ms`.
  package static func duration(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), count <= 1_000_000_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": return .milliseconds(count)
    case "s": return .seconds(count)
    case "m": return .seconds(count * 60)
    case "h": return .seconds(count * 3600)
    default: return nil
    }
  }

  /// The shortest text for a duration of whole milliseconds.
  package static func text(of duration: Duration) -> String {
    let milliseconds = duration / .milliseconds(1)
    if milliseconds != milliseconds.rounded() || milliseconds < 1000 {
      return "\(Int(milliseconds))ms"
    }
    let seconds = Int(milliseconds / 1000)
    guard Double(seconds) * 1000 == milliseconds else { return "\(Int(milliseconds))ms" }
    if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }

  /// Only digits, within a range.
  package static func integer(_ text: String, in range: ClosedRange<Int>) -> Int? {
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int(text) else { return nil }
    return range.contains(value) ? value : nil
  }

  /// The base URL without a slash at the end, or what is wrong with it.
  static func baseURL(
    _ text: String,
    allowsInsecure: Bool
  ) -> Result<String, BaseURLFault> {
    let scheme = text.prefix { $0 != ":" }.lowercased()
    guard scheme == "https" || scheme == "http", text.dropFirst(scheme.count).hasPrefix("://")
    else { return .failure(.notHTTP) }
    let rest = text.dropFirst(scheme.count + 3)
    guard !rest.contains(where: { $0.isWhitespace || "?#{}".contains($0) }) else {
      return .failure(.holdsMore)
    }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.contains("@") else { return .failure(.holdsUser) }
    guard let host = host(of: authority) else { return .failure(.noHost) }
    guard scheme == "https" || allowsInsecure || isLoopback(host) else {
      return .failure(.insecure)
    }
    var url = "\(scheme)://\(rest)"
    while url.hasSuffix("/") { url.removeLast() }
    return .success(url)
  }

  /// Whether it is a proxy address that libcurl supports, optionally with a user and a password.
  static func isProxy(_ text: String) -> Bool {
    let scheme = text.prefix { $0 != ":" }.lowercased()
    let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
    guard schemes.contains(scheme), text.dropFirst(scheme.count).hasPrefix("://"),
      text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) })
    else { return false }
    let authority = text.dropFirst(scheme.count + 3).prefix { $0 != "/" }
    let server = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
    return host(of: server ?? authority) != nil
  }

  /// `v24.0` of `https://graph.facebook.com/v24.0`.
  static func version(atEndOf url: String) -> String? {
    // Scheme and host come first.
    url.split(separator: "/").dropFirst(2).last.flatMap { isVersion($0) ? String($0) : nil }
  }

  /// The first of two adjacent versions, such as `v24.0` in
  /// `https://graph.example.com/v24.0/v24.0`.
  ///
  /// A provider may put its own version before Graph's (`/v1/v24.0`), so only a repeated version,
  /// or two of Graph's, which have a minor number, are a mistake.
  static func repeatedVersion(in url: String) -> String? {
    let parts = url.split(separator: "/")
    return zip(parts, parts.dropFirst())
      .first { first, second in
        guard isVersion(first), isVersion(second) else { return false }
        return first.lowercased() == second.lowercased()
          || (first.contains(".") && second.contains("."))
      }
      .map { String($0.0) }
  }

  /// `v24.0`, with or without its letter.
  static func isGraphVersion(_ text: String) -> Bool {
    let digits = text.lowercased().hasPrefix("v") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { (1...2).contains($0.count) && integer(String($0), in: 0...99) != nil }
  }

  private static func isVersion(_ text: Substring) -> Bool {
    guard text.lowercased().hasPrefix("v"), text.count > 1 else { return false }
    return text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
  }

  enum BaseURLFault: Error {
    case notHTTP
    case holdsMore
    case holdsUser
    case noHost
    case insecure
  }

  /// The host without its port; nil if the host is missing or the port is invalid.
  private static func host(of authority: Substring) -> String? {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[...end]
      let tail = authority[authority.index(after: end)...]
      guard tail.isEmpty || tail.hasPrefix(":") else { return nil }
      port = tail.isEmpty ? nil : tail.dropFirst()
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    if let port, integer(String(port), in: 1...65535) == nil { return nil }
    return host.isEmpty ? nil : host.lowercased()
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { integer(String($0), in: 0...255) != nil && !$0.isEmpty }
  }
}
