/// What a client asks for: the parts of a request that matter here.
package struct HTTPRequest: Hashable, Sendable {
  /// The headers that are looked at.
  package enum Header: String, CaseIterable, Sendable {
    case host = "Host"
    case accept = "Accept"
    case acceptEncoding = "Accept-Encoding"
    case authorization = "Authorization"
    case ifNoneMatch = "If-None-Match"
    case lastEventID = "Last-Event-ID"
    case contentLength = "Content-Length"
    case transferEncoding = "Transfer-Encoding"

    init?(name: String) {
      let name = name.lowercased()
      guard let header = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
        return nil
      }
      self = header
    }
  }

  package let method: String
  /// The host in the target, as proxies are sent it; nil where the target is only a path.
  package let authority: String?
  /// As it was sent, never decoded: what is no known path as it stands is none.
  package let path: String
  package let query: String
  package var headers: [Header: String]

  /// - Parameters:
  ///   - method: Such as `GET`.
  ///   - target: The path with its query, as it was sent.
  ///   - headers: The headers that are looked at.
  package init(
    method: String = "GET",
    target: String,
    headers: [Header: String] = [:]
  ) {
    self.method = method
    let (authority, local) = Self.parts(of: target)
    self.authority = authority
    let parts = local.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = parts.first.map(String.init) ?? ""
    query = parts.count > 1 ? String(parts[1]) : ""
    self.headers = headers
  }

  /// Whether it announces a body, which no path takes.
  package var hasBody: Bool {
    headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
  }

  private static func parts(of target: String) -> (authority: String?, local: String) {
    let scheme = "http://"
    guard target.prefix(scheme.count).lowercased() == scheme else { return (nil, target) }
    let rest = target.dropFirst(scheme.count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let local = rest[end...]
    return (String(rest[..<end]), local.hasPrefix("/") ? String(local) : "/\(local)")
  }

  /// The parameters of the query in order, decoded; nil if it is not well-formed UTF-8.
  package var parameters: [(name: String, value: String)]? {
    var parameters: [(name: String, value: String)] = []
    for part in query.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(sides[0]),
        let value = sides.count > 1 ? Self.decoded(sides[1]) : ""
      else { return nil }
      parameters.append((name, value))
    }
    return parameters
  }

  /// Forms write a blank as `+`.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16), rest.count >= 2,
          rest.first != UInt8(ascii: "+")
        else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
