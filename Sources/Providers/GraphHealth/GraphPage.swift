/// One page of a Graph list: `{"data": […], "paging": {"cursors": {"after"}, "next"}}`.
struct GraphPage: Sendable {
  let items: [JSON]
  /// The cursor of the next page; nil on the last one.
  let next: String?

  /// Nil where there is no list: that is another answer, not an empty page.
  init?(_ json: JSON) {
    guard let data = json["data"], data.isArray else { return nil }
    items = data.list
    // `cursors.after` stands on the last page too; only `next` says that there is more.
    guard let paging = json["paging"], let link = paging["next"]?.nonBlankText else {
      next = nil
      return
    }
    next = paging["cursors"]?["after"]?.nonBlankText ?? Self.cursor(in: link)
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
