/// A page of an edge, with Graph's cursors.
struct GraphPage {
  /// The range of this page in the whole list.
  let range: Range<Int>
  private let total: Int
  private let limit: Int
  private let path: String

  /// Nil for an unknown cursor.
  init?(of total: Int, _ request: SimulatedRequest) {
    self.total = total
    limit = min(max(request.number("limit") ?? 25, 1), 100)
    path = request.path.joined(separator: "/")
    var start = 0
    if let after = request.query["after"] {
      guard let place = Self.place(of: after), place <= total else { return nil }
      start = place
    }
    range = start..<min(start + limit, total)
  }

  /// Short lists come without `paging`; the last page has no `next`.
  func text(_ elements: [String]) -> String {
    guard total > 0 else { return #"{"data":[]}"# }
    var paging = #"{"cursors":{"before":"\#(Self.cursor(range.lowerBound))","#
    paging += #""after":"\#(Self.cursor(range.upperBound))"}"#
    if range.upperBound < total {
      // As in the real answer: another host, and the token in the query. Clients must not follow
      // it.
      let next =
        "https://graph.facebook.com/\(path)?access_token=meta-demo-token-leak&limit=\(limit)"
      paging += #","next":"\#(next)&after=\#(Self.cursor(range.upperBound))""#
    }
    return #"{"data":\#(JSONText.list(elements)),"paging":\#(paging)}}"#
  }

  private static func cursor(_ place: Int) -> String { "QVFI\(place)ZD" }

  private static func place(of cursor: String) -> Int? {
    guard cursor.hasPrefix("QVFI"), cursor.hasSuffix("ZD") else { return nil }
    return Int(cursor.dropFirst(4).dropLast(2))
  }
}
