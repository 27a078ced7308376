import CCurl

/// The libcurl of this machine, as found at run time.
package enum RequestLibrary: Hashable, Sendable {
  /// - Parameters:
  ///   - version: Such as `7.88.1`.
  ///   - tls: Its TLS library, such as `OpenSSL/3.0.15`; nil if it has none.
  case loaded(version: String, tls: String?, speaksHTTP2: Bool)
  /// A sentence on what is missing and how to install it.
  case unusable(String)

  /// Opens the library, as the first request would.
  package static func found() -> Self {
    if let reason = ccurl_load() { return .unusable(String(cString: reason)) }
    return .loaded(
      version: String(cString: ccurl_version()),
      tls: ccurl_tls_library().map { String(cString: $0) },
      speaksHTTP2: ccurl_speaks_http2()
    )
  }
}
