/// One page of a Graph list: `{"data": […], "paging": {"cursors": {"after"}, "next"}}`.
struct GraphPage: Sendable {
  enum Next: Hashable, Sendable {
    case none
    /// The cursor of the next page.
    case after(String)
    /// There are more pages that can't be requested, for this reason.
    case lost(String)
  }

  let items: [JSON]
  let next: Next
  /// The provider's count of items, if it sends one.
  let total: Int?

  /// Nil without a list, which is not the same as an empty page.
  ///
  /// `baseURL` is the address that the page came from.
  init?(_ json: JSON, from baseURL: String = Self.metaURL) {
    guard let data = json["data"], data.isArray else { return nil }
    items = data.list
    total = (json["summary"]?["total_count"] ?? json["total_count"])?.int
    // `cursors.after` is on the last page too; only `next` means that there are more.
    guard let paging = json["paging"], let link = paging["next"]?.nonBlankText else {
      next = .none
      return
    }
    if let cursor = paging["cursors"]?["after"]?.nonBlankText {
      next = .after(cursor)
    } else if !Self.hosts(of: [baseURL, Self.metaURL]).contains(Self.host(of: link)) {
      next = .lost("the link to its next page points to another host")
    } else {
      next = Self.cursor(in: link).map(Next.after) ?? .lost("its next page has no cursor")
    }
  }

  /// Links in pages that a provider passes on still point to Meta.
  private static let metaURL = "https://graph.facebook.com"

  /// Nil for a path, which means the same host.
  private static func hosts(of urls: [String]) -> Set<Substring?> {
    Set(urls.map(host(of:)) + [nil])
  }

  private static func host(of url: String) -> Substring? {
    guard let scheme = url.firstRange(of: "://") else { return nil }
    return url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  }

  /// `after` in a link, if the page has no cursors.
  ///
  /// The link itself is never followed: it contains the access token and may lead to any host.
  private static func cursor(in link: String) -> String? {
    guard let query = link.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
    let parameter = query.split { $0 == "&" || $0 == "#" }.first { $0.hasPrefix("after=") }
    return parameter?.dropFirst("after=".count).removingPercentEscapes
  }
}

extension Substring {
  fileprivate var removingPercentEscapes: String? {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.count == 2, let escaped = UInt8(digits, radix: 16) else { return nil }
      bytes.append(escaped)
      rest = rest.dropFirst(2)
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
