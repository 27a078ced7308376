import Health
import NIOHTTP1

import struct Foundation.URL

/// Which redirects are followed: those that stay with the host, for its key must not leave it.
enum Redirect {
  /// Where to go on; nil for an answer that is no redirect.
  ///
  /// - Throws: `.unintelligible`, which names the host, for a redirect to another host, another port or
  ///   down to plain http.
  static func target(
    of headers: HTTPHeaders,
    status: Int,
    from url: URL
  ) throws(ProviderError) -> URL? {
    guard [301, 302, 303, 307, 308].contains(status),
      let location = headers.first(name: "Location"),
      let target = URL(string: location, relativeTo: url)?.absoluteURL
    else { return nil }
    guard isSameServer(target, url) else {
      throw ProviderError(
        .unintelligible,
        "\(TransportFailure.host(of: url)) redirects to \(TransportFailure.host(of: target)), which is "
          + "not followed, since the key is not meant for it. Check base_url.",
        httpStatus: status
      )
    }
    return target
  }

  private static func isSameServer(_ target: URL, _ url: URL) -> Bool {
    guard target.host()?.lowercased() == url.host()?.lowercased() else { return false }
    if url.scheme == "http", target.scheme == "https" {
      return url.port == nil && target.port == nil
    }
    return target.scheme?.lowercased() == url.scheme?.lowercased() && target.port == url.port
  }
}
