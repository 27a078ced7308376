package import Health

/// A filter of plain text: a number passes when the text stands somewhere in what is known of it.
///
/// Smart case: a capital letter in it makes the case count.
package struct PlainFilter: Hashable, Sendable {
  package let text: String
  /// In lower case: what is looked for first.
  fileprivate let folded: [UInt8]
  fileprivate let caseCounts: Bool

  package init(_ text: String = "") {
    self.text = text
    let lowered = text.lowercased()
    folded = Array(lowered.utf8)
    caseCounts = lowered != text
  }

  package var isEmpty: Bool { text.isEmpty }
}

/// All that decides whether a row is in the list.
struct RowFilter: Hashable, Sendable {
  var text = PlainFilter()
  var onlyProblems = false

  var isEmpty: Bool { text.isEmpty && !onlyProblems }

  /// - Parameters:
  ///   - search: What the number's texts are, in lower case.
  ///   - state: The number's.
  ///   - exact: The texts as sent, which are only made where the case counts.
  /// - Returns: Whether the number is in the list.
  func passes(
    _ search: SearchText,
    _ state: HealthState,
    exact: @autoclosure () -> SearchText
  ) -> Bool {
    if onlyProblems, !state.needsAttention { return false }
    guard search.contains(text.folded) else { return false }
    return !text.caseCounts || exact().contains(Array(text.text.utf8))
  }

  /// Whether nothing can pass that `former` did not let through, as with each letter that is typed.
  func narrows(_ former: Self) -> Bool {
    (onlyProblems || !former.onlyProblems) && text.text.hasPrefix(former.text.text)
  }
}

extension HealthState {
  /// Anything that isn't plainly fine: what cannot be told deserves a look as well.
  package var needsAttention: Bool { self != .available }
}
