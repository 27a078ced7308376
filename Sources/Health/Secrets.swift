/// What of a provider's words nobody may see: keys and tokens that an answer carries itself.
///
/// The one place that says so, for raw answers, messages, facts and logs. The key that a request was sent
/// with is gone before.
package enum Secrets {
  /// Stands in a secret's place.
  package static let mark = "•••"

  private static let words = [
    "token", "secret", "password", "passwd", "passphrase", "api_key", "apikey", "api-key",
    "access_key", "authorization", "signature", "private_key", "credential", "certificate",
    "verification_code", "cookie",
  ]

  /// Whether the value of a field of this name is a secret.
  package static func isSecret(name: some StringProtocol) -> Bool {
    let name = name.lowercased()
    return name == "pin" || name.hasSuffix("_pin") || words.contains { name.contains($0) }
  }

  /// A field's value, or the mark in place of a secret one.
  package static func shown(_ value: String, of name: some StringProtocol) -> String {
    isSecret(name: name) ? mark : blotted(value)
  }

  /// The text without what follows `access_token=`, `"api_key":`, `Bearer` and the like, and without
  /// Meta's tokens.
  package static func blotted(_ text: String) -> String {
    guard mayHoldSecret(text) else { return text }
    return
      text
      .replacing(/EAA[A-Za-z0-9_\-]{12,}/, with: mark)
      // "Bearer" is a word too.
      .replacing(/(?i)\b(?<scheme>bearer|basic|oauth)\s+[A-Za-z0-9\-_.~+\/%=|]{12,}/) { match in
        "\(match.scheme) \(mark)"
      }
      .replacing(assignment) { match in "\(match.before)\(mark)" }
  }

  private typealias Assignment = (Substring, before: Substring, value: Substring)

  /// A name, and what says that its value follows: prose has a colon too, but no quote before it.
  private static var assignment: Regex<Assignment> {
    /(?i)(?<before>\b[\w\-]*(?:token|secret|passw(?:or)?d|api[_\-]?key|access_key|proof|signature|authorization|credential)[\w\-]*(?:["'\\]+\s*(?::|=>)|\s*=>?|%3D)\s*["'\\]*)(?<value>[A-Za-z0-9\-_.~+\/%=|]+)/
  }

  /// Mostly nothing is there, which a look at a few words tells.
  private static func mayHoldSecret(_ text: String) -> Bool {
    if text.contains("EAA") { return true }
    let lowered = text.lowercased()
    return stems.contains { lowered.contains($0) }
  }

  private static let stems = [
    "token", "secret", "passw", "key", "proof", "signature", "authorization", "credential",
    "bearer", "basic", "oauth",
  ]
}
