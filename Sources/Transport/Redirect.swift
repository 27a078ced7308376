import CCurl
import Health

/// Which redirects are followed: those that stay with the server, for its key must not leave it.
enum Redirect {
  /// Where to go on, which is `target`: an absolute address, as libcurl resolved it.
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
    // Where only the scheme differs, it is what has to be named.
    let isOtherScheme = here?.scheme != there?.scheme
    let place =
      there.map { isOtherScheme ? "\($0.scheme)://\($0.text)" : $0.text } ?? "another address"
    throw ProviderError(
      .unintelligible,
      "\(here?.text ?? url) redirects to \(place), which is not followed, since the key is not meant"
        + " for it. Check base_url.",
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

  /// With its port where it is not the scheme's own.
  var text: String { hasStandardPort ? host : "\(host):\(port)" }

  /// The same server, or the same host's standard ports from http up to https.
  func allowsRedirect(to other: ServerAddress) -> Bool {
    if self == other { return true }
    return host == other.host && scheme == "http" && other.scheme == "https" && hasStandardPort
      && other.hasStandardPort
  }
}
