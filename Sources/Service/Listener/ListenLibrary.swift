import CMicrohttpd

/// The libmicrohttpd of this machine, as found at run time.
package enum ListenLibrary: Hashable, Sendable {
  /// - Parameter version: Such as `0.9.75`.
  case loaded(version: String)
  /// A sentence on what is missing and how to install it.
  case unusable(String)

  /// Opens the library, as the first listener would.
  package static func found() -> Self {
    if let reason = chttpd_load() { return .unusable(String(cString: reason)) }
    return .loaded(version: String(cString: chttpd_version()))
  }
}
