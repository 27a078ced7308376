/// The name of the header that holds the key, as the configuration gives it.
enum HeaderName {
  /// What is wrong with it; nil if it can be used.
  static func fault(of name: String) -> String? {
    guard isToken(name) else {
      return "expected letters, digits and dashes, such as Authorization"
    }
    let lower = name.lowercased()
    guard ofConnection.contains(lower) || lower.hasPrefix("proxy-") else { return nil }
    return "\(name) is set by the connection itself;"
      + " expected the header that holds the key, such as Authorization"
  }

  /// Headers that control the connection or the target: another value would break the request or
  /// misdirect it.
  private static let ofConnection: Set = [
    "host", "content-length", "content-type", "content-encoding", "transfer-encoding", "connection",
    "keep-alive", "te", "trailer", "upgrade", "http2-settings", "expect", "accept",
    "accept-encoding", "range", "user-agent",
  ]

  /// The commonly used part of RFC 9110's tokens.
  private static func isToken(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
