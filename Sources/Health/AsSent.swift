/// A provider's word together with what we make of it.
///
/// Providers' enumerations are open and their spelling varies: `value` is for deciding, `text` is what
/// was sent, digit for digit and letter for letter, and is what people and JSON get to see.
package struct AsSent<Value: ProviderWord>: Hashable, Sendable {
  package let value: Value
  package let text: String

  package init(_ text: String) {
    self.text = text
    value = Value(word: text.trimmingWhitespace().upperCased)
  }
}

/// A closed reading of an open enumeration: its last case keeps tomorrow's value.
package protocol ProviderWord: Hashable, Sendable {
  /// Reads a word that has been trimmed and upper-cased; never fails.
  init(word: String)
}

extension String {
  /// As `uppercased()`, at no cost where there is nothing to change.
  fileprivate var upperCased: String {
    let isUpperCase = utf8.allSatisfy { $0 < 0x80 && !(0x61...0x7A).contains($0) }
    return isUpperCase ? self : uppercased()
  }

  /// Without the blanks, tabs and line ends around it.
  package func trimmingWhitespace() -> String {
    // Nearly every word of an answer is plain ASCII without any, and each passes here.
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
