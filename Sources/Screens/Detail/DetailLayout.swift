import Canvas
import Health

/// The detail of an entity as lines of a given width: labels with short values, and paragraphs.
struct DetailLayout {
  struct Row: Hashable, Sendable {
    var indent = 0
    var phrases: [Phrase] = []
  }

  private let context: DrawContext
  private let width: Int
  private let labelWidth: Int
  private(set) var rows: [Row] = []

  private static let widestLabel = 20
  private static let paragraphIndent = 2

  init(_ detail: EntityDetail, context: DrawContext, width: Int) {
    self.context = context
    self.width = max(width, 1)
    let labels = detail.sections.flatMap(\.lines).filter { $0.kind == .field }.compactMap(\.label)
    let longest = labels.map { TextWidth.cells(of: $0) }.max() ?? 0
    labelWidth = min(longest + 2, Self.widestLabel + 2, max(width * 3 / 5, 1))
    paragraph(detail.title, .textStrong, indent: 0)
    if let subtitle = detail.subtitle { paragraph(subtitle, .textMuted, indent: 0) }
    for section in detail.sections {
      if !rows.isEmpty { rows.append(Row()) }
      if let heading = section.heading { paragraph(heading, .textStrong, indent: 0) }
      for line in section.lines { add(line) }
    }
  }

  private mutating func add(_ line: DetailLine) {
    switch line.kind {
    case .field: field(line)
    case .words: titled(line, .text)
    case .meaning: titled(line, .text)
    case .remedy: titled(line, .textStrong)
    case .note: titled(line, .textMuted)
    }
  }

  private mutating func field(_ line: DetailLine) {
    if case .strip(let states) = line.value { return strip(states, line.label ?? "") }
    let value = phrase(masked(line), .text)
    guard let label = line.label else { return paragraph(value, indent: 0) }
    guard TextWidth.cells(of: label) < labelWidth, width - labelWidth >= 12 else {
      paragraph(label, .textMuted, indent: 0)
      return paragraph(value, indent: Self.paragraphIndent)
    }
    let first = rows.count
    paragraph(value, indent: labelWidth)
    guard rows.count > first else { return }
    let gap = String(repeating: " ", count: labelWidth - TextWidth.cells(of: label))
    rows[first].indent = 0
    rows[first].phrases.insert(Phrase(label + gap, .textMuted), at: 0)
  }

  private mutating func strip(_ states: [HealthState?], _ label: String) {
    let gap = String(repeating: " ", count: max(labelWidth - TextWidth.cells(of: label), 1))
    let cells = states.map { state in
      let mark = state.map { StateMark($0) }
      let sign = mark?.strip(context.marks) ?? context.marks.unseen
      return Phrase(String(Character(sign)), mark?.history ?? .historyNone)
    }
    rows.append(Row(phrases: [Phrase(label + gap, .textMuted)] + cells))
  }

  /// A label above a paragraph, or in front of a short one.
  private mutating func titled(_ line: DetailLine, _ role: Role) {
    if case .text(let text) = line.value, text.count <= width - labelWidth, text.count < 24 {
      return field(line)
    }
    if let label = line.label { paragraph(label, .textMuted, indent: 0) }
    let value = phrase(line.value, role)
    paragraph(value, indent: line.label == nil ? 0 : Self.paragraphIndent)
  }

  private mutating func paragraph(_ text: String, _ role: Role, indent: Int) {
    paragraph(Phrase(text, role), indent: indent)
  }

  private mutating func paragraph(_ phrase: Phrase, indent: Int) {
    for line in TextWrap.lines(context.masked(phrase.text.sanitized), width: width - indent) {
      rows.append(Row(indent: indent, phrases: [Phrase(line, phrase.role, link: phrase.link)]))
    }
  }

  /// Some providers write numbers without a plus, so only the label shows that it is a number.
  private func masked(_ line: DetailLine) -> DetailLine.Value {
    guard case .text(let text) = line.value, ["number", "asked for"].contains(line.label) else {
      return line.value
    }
    return .text(context.number(text))
  }

  private func phrase(_ value: DetailLine.Value, _ role: Role) -> Phrase {
    switch value {
    case .text(let text): Phrase(text, role)
    case .state(let state, let word):
      Phrase("\(context.sign(state)) \(word)", StateMark(state).role)
    case .moment(let moment): Phrase(context.longTime(moment), role)
    case .link(let link): Phrase(link, .accent, link: link)
    case .strip: Phrase("", role)
    }
  }
}
