/// A text for the clipboard, and a name for messages.
package struct CopiedText: Hashable, Sendable {
  /// The name of the text, as in "Copied …".
  package let what: String
  package let text: String

  /// The limit of terminals for one sequence, allowing for the third that base64 adds.
  static let mostBytes = 74_000

  package init(what: String, text: String) {
    self.what = what
    self.text = text
  }

  /// A ticket about a subject; its text is safe to paste.
  static func ticket(for subject: String, text: String) -> CopiedText {
    // The message adds a full stop.
    let name = subject.hasSuffix(".") ? String(subject.dropLast()) : subject
    return CopiedText(what: "the ticket for \(name.printable)", text: text)
  }
}

extension String {
  /// Without control characters, direction marks and line ends, so that pasted text can't run a
  /// command or look like other text.
  package var printable: String {
    let isClean = utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    if isClean { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.lazy.map { $0.properties.isWhitespace ? " " : $0 }
          .filter { scalar in
            switch scalar.properties.generalCategory {
            // Some scripts and emoji need joiners.
            case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
            case .control, .surrogate, .lineSeparator, .paragraphSeparator: false
            default: true
            }
          }
      )
    )
  }
}
