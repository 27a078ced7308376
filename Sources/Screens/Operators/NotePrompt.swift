package import Monitor

/// What is typed about an acknowledgement or a mute: a few fields in one line, of which most need
/// nothing.
package struct NotePrompt: Hashable, Sendable {
  package enum Purpose: Hashable, Sendable {
    case acknowledge([OperatorAction.Trouble])
    case mute
    /// Whether to end acknowledgements or mutes.
    case takeBack(Set<String>)
  }

  package struct Field: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case filter
      case comment
      case until
      case author
    }

    package let kind: Kind
    package internal(set) var text: String
    /// What ↑ and ↓ put in.
    let presets: [String]
    /// Whether the text is as it was put in: what is typed then replaces it.
    var isPreset = true
  }

  package let purpose: Purpose
  /// What it is about, such as a number and its name; not sanitized.
  let title: String
  package internal(set) var fields: [Field] = []
  /// The field in which characters are typed.
  package internal(set) var focus = 0
  /// What is wrong with the field in focus.
  package internal(set) var mistake: String?
  /// How many numbers pass the filter; nil if it is not valid.
  package internal(set) var count: Int?
}

/// Edits of the line.
package enum NoteEdit: Hashable, Sendable {
  case insert(String)
  case deleteBackward
  case deleteWord
  case clear
  case nextField
  case previousField
  case nextPreset
  case previousPreset
  /// Enter: does it.
  case submit
  /// Esc: does nothing.
  case drop
}

extension NotePrompt {
  /// The times that are wanted most.
  private static let times = ["30m", "2h", "8h", "1d", "tomorrow 9:00", "mon 9:00"]
  private static let untilOver = "over"

  static func acknowledging(
    _ troubles: [OperatorAction.Trouble],
    title: String,
    comment: String,
    author: String
  ) -> Self {
    Self(
      purpose: .acknowledge(troubles),
      title: title,
      fields: [
        Field(kind: .comment, text: comment, presets: []),
        Field(kind: .until, text: untilOver, presets: [untilOver] + times),
        Field(kind: .author, text: author, presets: []),
      ]
    )
  }

  /// - Parameters:
  ///   - filters: What may be muted, the likeliest first.
  ///   - author: Who mutes it.
  /// - Returns: The cursor is on the time.
  static func muting(_ filters: [String], author: String) -> Self {
    Self(
      purpose: .mute,
      title: "",
      fields: [
        Field(kind: .filter, text: filters.first ?? "", presets: filters),
        Field(kind: .until, text: "2h", presets: times),
        Field(kind: .comment, text: "", presets: []),
        Field(kind: .author, text: author, presets: []),
      ],
      focus: 1
    )
  }

  subscript(kind: Field.Kind) -> String {
    fields.first { $0.kind == kind }?.text ?? ""
  }

  /// Whether ↑ and ↓ choose something in the field in focus.
  var hasPresets: Bool { fields.indices.contains(focus) && fields[focus].presets.count > 1 }

  /// The kind of the field in focus.
  var focused: Field.Kind? { fields.indices.contains(focus) ? fields[focus].kind : nil }

  mutating func change(_ change: (inout String) -> Void) {
    guard fields.indices.contains(focus) else { return }
    change(&fields[focus].text)
    fields[focus].isPreset = false
    mistake = nil
  }

  /// Adds what is typed; a time that was put in is replaced, since half of it would be another time.
  mutating func insert(_ text: String) {
    guard fields.indices.contains(focus) else { return }
    let isReplaced = fields[focus].isPreset && fields[focus].kind == .until
    change {
      if isReplaced { $0 = "" }
      $0 += text.prefix(max(CommandPrompt.longest - $0.count, 0))
    }
  }

  mutating func moveFocus(_ step: Int) {
    guard !fields.isEmpty else { return }
    focus = (focus + step + fields.count) % fields.count
    mistake = nil
  }

  mutating func choosePreset(_ step: Int) {
    guard fields.indices.contains(focus), !fields[focus].presets.isEmpty else { return }
    let presets = fields[focus].presets
    let place = presets.firstIndex(of: fields[focus].text)
    let next = place.map { ($0 + step + presets.count) % presets.count } ?? 0
    change { $0 = presets[next] }
    fields[focus].isPreset = true
  }

  /// Puts the cursor where something is wrong.
  mutating func point(at kind: Field.Kind, _ mistake: String) {
    focus = fields.firstIndex { $0.kind == kind } ?? focus
    self.mistake = mistake
  }
}
