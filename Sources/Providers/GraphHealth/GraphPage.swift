/// One page of a Graph list: `{"data": […], "paging": {"cursors": {"after"}, "next"}}`.
struct GraphPage: Sendable {
  enum Next: Hashable, Sendable {
    case none
    /// The cursor of the next page.
    case after(String)
    /// There is more, and no way to ask for it, for this reason.
    case lost(String)
  }

  let items: [JSON]
  let next: Next
  /// How many items the list has by its provider's word, where it says so.
  let total: Int?

  /// Nil where there is no list: that is another answer, not an empty page.
  ///
  /// `baseURL` is where the page was asked for.
  init?(_ json: JSON, from baseURL: String = Self.metaURL) {
    guard let data = json["data"], data.isArray else { return nil }
    items = data.list
    total = (json["summary"]?["total_count"] ?? json["total_count"])?.int
    // `cursors.after` stands on the last page too; only `next` says that there is more.
    guard let paging = json["paging"], let link = paging["next"]?.nonBlankText else {
      next = .none
      return
    }
    if let cursor = paging["cursors"]?["after"]?.nonBlankText {
      next = .after(cursor)
    } else if !Self.hosts(of: [baseURL, Self.metaURL]).contains(Self.host(of: link)) {
      next = .lost("its next page is said to be at another host")
    } else {
      next = Self.cursor(in: link).map(Next.after) ?? .lost("its next page has no cursor")
    }
  }

  /// Links of those who pass Meta's pages on are still Meta's.
  private static let metaURL = "https://graph.facebook.com"

  /// Of a path the same host as before: nil.
  private static func hosts(of urls: [String]) -> Set<Substring?> {
    Set(urls.map(host(of:)) + [nil])
  }

  private static func host(of url: String) -> Substring? {
    guard let scheme = url.firstRange(of: "://") else { return nil }
    return url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  }

  /// `after` of a link whose cursors were left out.
  ///
  /// The link itself is never followed: it holds the access token and may lead to any host.
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
