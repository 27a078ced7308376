/// What of an answer nobody may see: providers repeat keys and tokens in places of their own.
///
/// The key that a request was sent with is gone before; this is for all others.
enum Secrets {
  private static let words = [
    "token", "secret", "password", "passwd", "api_key", "apikey", "api-key", "authorization",
    "signature", "private_key", "credential", "certificate",
  ]

  /// Whether what stands behind this name, quoted and with its colon, is a secret.
  static func isSecret(name: String) -> Bool {
    guard !name.isEmpty else { return false }
    let lowered = name.lowercased()
    return lowered == "\"pin\": " || words.contains { lowered.contains($0) }
  }

  /// The text without what follows `access_token=`, `Bearer` and the like, and without Meta's tokens.
  static func blotted(_ text: String) -> String {
    let lowered = text.lowercased()
    guard marks.contains(where: lowered.contains) || text.contains(metaStart) else { return text }
    var kept = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let start = String(rest.prefix(longestMark)).lowercased()
      if let mark = marks.first(where: start.hasPrefix) {
        kept.append(contentsOf: rest.prefix(mark.unicodeScalars.count))
        rest = rest.dropFirst(mark.unicodeScalars.count)
        // "Bearer" is a word too.
        let isWord = mark.hasSuffix(" ") && rest.prefix(while: isOfToken).count < shortestToken
        if !isWord { blot(&rest, into: &kept) }
      } else if isMetaToken(rest) {
        blot(&rest, into: &kept)
      } else if let scalar = rest.popFirst() {
        kept.append(scalar)
      }
    }
    return String(kept)
  }

  private static let marks = [
    "access_token=", "appsecret_proof=", "api_key=", "apikey=", "token=", "secret=", "password=",
    "signature=", "bearer ",
  ]
  private static let longestMark = marks.map(\.count).max() ?? 0
  /// Access tokens of Meta's begin so.
  private static let metaStart = "EAA"
  private static let shortestToken = 20

  private static func blot(
    _ rest: inout Substring.UnicodeScalarView,
    into kept: inout String.UnicodeScalarView
  ) {
    let secret = rest.prefix(while: isOfToken)
    if !secret.isEmpty { kept.append(contentsOf: "***".unicodeScalars) }
    rest = rest.dropFirst(secret.count)
  }

  private static func isMetaToken(_ rest: Substring.UnicodeScalarView) -> Bool {
    String(rest.prefix(metaStart.count)) == metaStart
      && rest.prefix(while: isOfToken).count >= shortestToken
  }

  private static func isOfToken(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~", "+", "/", "%", "=", "|": true
    default: false
    }
  }
}
