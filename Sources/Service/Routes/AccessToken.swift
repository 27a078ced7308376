/// The secret that clients have to send.
package struct AccessToken: Sendable {
  private let bytes: [UInt8]

  /// Nil for a text that is too short to be a secret, or can't be sent in a header.
  package init?(_ text: String) {
    let isSendable = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard isSendable, text.utf8.count >= Self.shortest else { return nil }
    bytes = Array(text.utf8)
  }

  package static let shortest = 16

  /// Whether a client's `Authorization` has it: as a bearer token, or as the password of any user,
  /// which browsers can send.
  package func allows(_ authorization: String?) -> Bool {
    guard let authorization else { return false }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return false }
    switch parts[0].lowercased() {
    case "bearer": return isEqual(Array(parts[1].utf8))
    case "basic":
      guard let credentials = Base64.decoded(parts[1]),
        let colon = credentials.firstIndex(of: UInt8(ascii: ":"))
      else { return false }
      return isEqual(Array(credentials[(colon + 1)...]))
    default: return false
    }
  }

  /// Takes the same time wherever the first difference is.
  private func isEqual(_ other: [UInt8]) -> Bool {
    var difference = other.count == bytes.count ? 0 : 1 as UInt8
    for (place, byte) in other.enumerated() { difference |= byte ^ bytes[place % bytes.count] }
    return difference == 0
  }

  /// What a client without it is told.
  package static let refusal = HTTPResponse.text(
    "A token is needed: Authorization: Bearer TOKEN, or the token as a password.",
    status: 401,
    headers: [
      ("WWW-Authenticate", "Bearer realm=\"wabatop\""),
      ("WWW-Authenticate", "Basic realm=\"wabatop\", charset=\"UTF-8\""),
    ]
  )
}

/// The bytes of a Base64 text, as in RFC 4648.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  /// Nil for what is no such text.
  static func decoded(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count) = (0 as UInt32, 0)
    for character in text.utf8 where character != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }
}
