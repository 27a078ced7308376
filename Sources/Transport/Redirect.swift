import CCurl
import Health

/// Decides which redirects are followed: only those to the same server, because the key must not
/// leave it.
enum Redirect {
  /// Returns `target`, an absolute address from libcurl, if it may be followed.
  ///
  /// A redirect to another host, another port or down to plain http is `.unintelligible`.
  static func target(
    _ target: String,
    from url: String,
    status: Int
  ) throws(ProviderError) -> String {
    let here = ServerAddress(url)
    let there = ServerAddress(target)
    if let here, let there, here.allowsRedirect(to: there) { return target }
    // If only the scheme differs, the message names it.
    let isOtherScheme = here?.scheme != there?.scheme
    let place =
      there.map { isOtherScheme ? "\($0.scheme)://\($0.text)" : $0.text } ?? "another address"
    throw ProviderError(
      .unintelligible,
      "\(here?.text ?? url) redirects to \(place). wabatop does not follow, since the key is not meant"
        + " for that host. Check base_url.",
      httpStatus: status
    )
  }
}

/// Scheme, host and port of an address, as libcurl reads them.
struct ServerAddress: Equatable {
  /// In lower case.
  let scheme: String
  let host: String
  let port: String

  /// Nil for what is not an http or https address.
  init?(_ url: String) {
    var parts = ccurl_address()
    guard ccurl_address_parse(url, &parts) else { return nil }
    defer { ccurl_address_free(&parts) }
    guard let scheme = parts.scheme, let host = parts.host, let port = parts.port else {
      return nil
    }
    self.scheme = String(cString: scheme).lowercased()
    self.host = String(cString: host).lowercased()
    self.port = String(cString: port)
    guard self.scheme == "http" || self.scheme == "https" else { return nil }
  }

  private var hasStandardPort: Bool { port == (scheme == "https" ? "443" : "80") }

  /// The host, with the port unless it is the scheme's default.
  var text: String { hasStandardPort ? host : "\(host):\(port)" }

  /// Whether it is the same server, or the same host from http to https on standard ports.
  func allowsRedirect(to other: ServerAddress) -> Bool {
    if self == other { return true }
    return host == other.host && scheme == "http" && other.scheme == "https" && hasStandardPort
      && other.hasStandardPort
  }
}
