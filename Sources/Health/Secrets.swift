/// Removes keys and tokens from a provider's answer.
///
/// The only place that does this, for raw answers, messages, facts and logs. The key of the request
/// itself has been removed before.
package enum Secrets {
  /// Replaces a secret.
  package static let mark = "•••"

  private static let words = Stems([
    "token", "secret", "password", "passwd", "passphrase", "api_key", "apikey", "api-key",
    "access_key", "authorization", "signature", "private_key", "credential", "certificate",
    "verification_code", "cookie",
  ])

  /// Whether the value of a field of this name is a secret.
  package static func isSecret(name: some StringProtocol) -> Bool {
    if words.stand(in: name) { return true }
    guard name.utf8.count < 32 else { return false }
    let lowered = name.lowercased()
    return lowered == "pin" || lowered.hasSuffix("_pin")
  }

  /// A field's value, or the mark if it is a secret.
  package static func shown(_ value: String, of name: some StringProtocol) -> String {
    isSecret(name: name) ? mark : blotted(value)
  }

  /// The text without the values after `access_token=`, `"api_key":`, `Bearer` and the like, and
  /// without Meta's tokens.
  package static func blotted(_ text: String) -> String {
    let text = addresses.stand(in: text) ? blottedAddresses(in: text) : text
    guard mayHoldSecret(text) else { return text }
    return
      text
      .replacing(/EAA[A-Za-z0-9_\-]{12,}/, with: mark)
      // "Bearer" is an ordinary word too.
      .replacing(/(?i)\b(?<scheme>bearer|basic|oauth)\s+[A-Za-z0-9\-_.~+\/%=|]{12,}/) { match in
        "\(match.scheme) \(mark)"
      }
      .replacing(assignment) { match in "\(match.before)\(mark)" }
  }

  /// A URL may contain a password, and a key or a signature in its query.
  private static func blottedAddresses(in text: String) -> String {
    text
      .replacing(/(?<scheme>:\\?\/\\?\/)[^\s\/?#@"'<>]+@/) { match in "\(match.scheme)\(mark)@" }
      .replacing(/(?i)(?<before>[?&;](?:key|sig|sign|auth|hmac|pass|pwd)=)[^\s&#"'<>]+/) { match in
        "\(match.before)\(mark)"
      }
  }

  private static let addresses = Stems(["://", ":\\/\\/"])

  private typealias Assignment = (Substring, before: Substring, value: Substring)

  /// A name and its separator.
  ///
  /// A colon counts only after a quote, because prose has colons too.
  private static var assignment: Regex<Assignment> {
    /(?i)(?<before>\b[\w\-]*(?:token|secret|passw(?:or)?d|api[_\-]?key|access_key|proof|signature|authorization|credential)[\w\-]*(?:["'\\]+\s*(?::|=>)|\s*=>?|%3D)\s*["'\\]*)(?<value>[A-Za-z0-9\-_.~+\/%=|]+)/
  }

  /// A fast check: most texts contain none of a few words.
  private static func mayHoldSecret(_ text: String) -> Bool { stems.stand(in: text) }

  private static let stems = Stems([
    "token", "secret", "passw", "key", "proof", "signature", "authorization", "credential",
    "bearer", "basic", "oauth", "eaa",
  ])
}

/// Searches many short texts for a few words, byte by byte and ignoring case.
///
/// Foundation's search builds tables for each text, which is too slow for every fact of every poll.
private struct Stems: Sendable {
  private let words: [[UInt8]]
  /// For each byte, whether a word begins with it.
  private let begins: [Bool]

  /// In lower case.
  init(_ words: [String]) {
    self.words = words.map { Array($0.utf8) }
    var begins = Array(repeating: false, count: 256)
    for first in self.words.compactMap(\.first) { begins[Int(first)] = true }
    self.begins = begins
  }

  func stand(in text: some StringProtocol) -> Bool {
    text.utf8.withContiguousStorageIfAvailable(stand)
      ?? Array(text.utf8)
      .withUnsafeBufferPointer(stand)
  }

  private func stand(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in bytes.indices where begins[Int(Self.lowered(bytes[index]))] {
      let rest = bytes[index...]
      let isThere = words.contains { word in
        word.count <= rest.count
          && zip(word, rest).allSatisfy { $0 == Self.lowered($1) }
      }
      if isThere { return true }
    }
    return false
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
