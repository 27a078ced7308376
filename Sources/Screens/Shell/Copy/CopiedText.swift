/// A text for the clipboard, and what to call it.
package struct CopiedText: Hashable, Sendable {
  /// As in "Copied …": what it is, and of what.
  package let what: String
  package let text: String

  /// What terminals take in one sequence, with the third that its encoding adds.
  static let mostBytes = 74_000

  package init(what: String, text: String) {
    self.what = what
    self.text = text
  }
}

extension String {
  /// Without control characters, direction marks and line ends: what is pasted must not run, nor look
  /// like something else.
  package var printable: String {
    let isClean = utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    if isClean { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.lazy.map { $0.properties.isWhitespace ? " " : $0 }
          .filter { scalar in
            switch scalar.properties.generalCategory {
            // Joiners make some scripts and emoji what they are.
            case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
            case .control, .surrogate, .lineSeparator, .paragraphSeparator: false
            default: true
            }
          }
      )
    )
  }
}
