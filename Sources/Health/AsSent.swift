/// A provider's word, as sent and as wabatop understands it.
///
/// Providers' enumerations are open and their spelling varies. Decisions use `value`. The screen
/// and the JSON show `text`, exactly as sent.
package struct AsSent<Value: ProviderWord>: Hashable, Sendable {
  package let value: Value
  package let text: String

  package init(_ text: String) {
    self.text = text
    value = Value(word: text.trimmingWhitespace().upperCased)
  }
}

/// An enumeration of the words that are known; its last case keeps any other word.
package protocol ProviderWord: Hashable, Sendable {
  /// Reads a word that was trimmed and upper-cased; never fails.
  init(word: String)
}

extension String {
  /// The same as `uppercased()`, but free if there is nothing to change.
  fileprivate var upperCased: String {
    let isUpperCase = utf8.allSatisfy { $0 < 0x80 && !(0x61...0x7A).contains($0) }
    return isUpperCase ? self : uppercased()
  }

  /// Removes spaces, tabs and line ends from both ends.
  package func trimmingWhitespace() -> String {
    // A fast path: nearly every word of an answer is plain ASCII without any whitespace.
    if let first = utf8.first, let last = utf8.last, (0x21..<0x7F).contains(first),
      (0x21..<0x7F).contains(last)
    {
      return self
    }
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
