import Canvas
import Health
import Monitor

/// The name of a cause, as long as there is room.
struct CauseName {
  let context: DrawContext
  let id: CauseID
  /// The current cause; nil if it explains nothing now.
  let cause: RankedCause?

  init(context: DrawContext, cause: RankedCause) {
    self.init(context: context, id: cause.id, cause: cause)
  }

  init(context: DrawContext, id: CauseID, cause: RankedCause? = nil) {
    self.context = context
    self.id = id
    self.cause = cause
  }

  private var marks: Marks { context.marks }
  private var fleet: Fleet { context.state.fleet }

  /// Type, id and name; the id is shortened before the name is cut.
  func phrases(width: Int) -> [Phrase] {
    switch id {
    case .entity(let reference): entity(reference, width: width)
    case .signal(let kind, let text): signal(kind, text, width: width)
    case .account(let name, let trouble):
      polling(
        "ACCOUNT",
        name,
        provider: fleet.name(of: id),
        cause?.trouble ?? trouble.phrase,
        width
      )
    case .provider(let name, let trouble):
      polling("PROVIDER", name, provider: nil, cause?.trouble ?? trouble.phrase, width)
    case .offline:
      [strong("nothing can be reached: probably this machine's network")].cut(to: width)
    case .templates(let status):
      [type("TEMPLATE"), strong(" \(status.word.sanitized.lowercased())")].cut(to: width)
    }
  }

  /// The reason in a few words, then type, name and id of an entity.
  ///
  /// The reason is never left out: on a narrow screen the name is cut, and the pane has all of it.
  func phrases(after why: String, width: Int) -> [Phrase] {
    let head = Phrase("\(why) ", .text)
    let rest = max(width - [head].cells, 0)
    switch id {
    case .entity(let reference):
      let forms = shortForms(of: reference)
      let fitting = forms.first { $0.cells <= rest } ?? forms.last ?? []
      return ([head] + fitting).cut(to: width)
    case .signal:
      guard cause?.hit == 1, let record = context.state.worstNumber(of: id) else {
        return [Phrase(why, .text)].cut(to: width)
      }
      let name = (record.number.label ?? record.name)?.sanitized ?? ""
      return ([head] + joined([Phrase(context.number(record), .text), strong(name)])).cut(to: width)
    case .account, .provider, .offline, .templates: return phrases(width: width)
    }
  }

  private func entity(_ reference: EntityReference, width: Int) -> [Phrase] {
    let parts = parts(of: reference)
    if reference.type == .phoneNumber {
      return joined([parts.type, parts.id, parts.name]).cut(to: width)
    }
    // The name first, because people know it.
    let forms = [[parts.type, parts.name, parts.id], [parts.type, parts.name, parts.shortID]]
      .map(joined)
    if let fitting = forms.first(where: { $0.cells <= width }) { return fitting }
    // Half an id tells nothing, and half a name less than a whole one without its type.
    let short = parts.name.text.isEmpty ? parts.shortID : parts.name
    let typed = joined([parts.type, short])
    return typed.cells <= width ? typed : [short].cut(to: width)
  }

  /// Forms for use after a reason, which usually implies the type; longest first.
  private func shortForms(of reference: EntityReference) -> [[Phrase]] {
    let (type, name, id, shortID) = parts(of: reference)
    if reference.type == .phoneNumber { return [joined([id, name])] }
    let forms =
      name.text.isEmpty
      ? [[type, id], [type, shortID], [id], [shortID]]
      : [[type, name, id], [type, name, shortID], [type, name], [name]]
    return forms.map(joined)
  }

  private func parts(
    of reference: EntityReference
  ) -> (type: Phrase, name: Phrase, id: Phrase, shortID: Phrase) {
    let isNumber = reference.type == .phoneNumber
    let id = (isNumber ? number(of: reference) : nil) ?? reference.id.sanitized
    return (
      type(isNumber ? "NUMBER" : reference.type.word.sanitized),
      strong(fleet.name(of: self.id)?.sanitized ?? ""), Phrase(id, .text),
      Phrase(marks.shortened(id), .text)
    )
  }

  /// Joined by blanks, without empty parts.
  private func joined(_ phrases: [Phrase]) -> [Phrase] {
    let phrases = phrases.filter { !$0.text.isEmpty }
    return phrases.enumerated().map { $0 == 0 ? $1 : Phrase(" \($1.text)", $1.role) }
  }

  /// People know the number, not its id.
  private func number(of reference: EntityReference) -> String? {
    fleet.numbers(sharing: reference, first: 1).first
      .map { context.number(fleet.records[$0]) }
  }

  /// The signal's word if it has one, otherwise its sentence; a single number is named.
  private func signal(_ kind: Cause.Kind, _ text: String, width: Int) -> [Phrase] {
    let head = type("\(kind.word) ")
    let word = Self.word(kind, text)
    let said = Phrase(word ?? context.masked(text.sanitized), .text)
    guard cause?.hit == 1, let record = context.state.worstNumber(of: id) else {
      return [head, said].cut(to: width)
    }
    let name = (record.number.label ?? record.name)?.sanitized ?? ""
    let number = Phrase(context.number(record), .text)
    let tail = [number, strong(name.isEmpty ? "" : " \(name)")]
    let full = [head, said, Phrase(" ", .text)] + tail
    return full.cut(to: width)
  }

  /// Our own sentences end with the provider's word.
  private static func word(_ kind: Cause.Kind, _ text: String) -> String? {
    if text.hasSuffix(Cause.noLongerReportedWords) { return "no longer reported" }
    guard NumberSignal(kind) != nil else {
      return kind == .token ? text.sanitized.tokenSummary ?? "invalid" : nil
    }
    return text.sanitized.split(separator: " ").last.map {
      $0.hasSuffix(".") ? String($0.dropLast()) : String($0)
    }
  }

  private func polling(
    _ word: String,
    _ name: String,
    provider: String?,
    _ trouble: String,
    _ width: Int
  ) -> [Phrase] {
    let name = name.sanitized
    let provider = provider?.sanitized ?? name
    let head = [type("\(word) "), strong(name)]
    let between = provider == name ? [] : [Phrase(" (\(provider))", .textMuted)]
    let tail = [Phrase("\(marks.separator)\(trouble)", .text)]
    let full = head + between + tail
    return full.cells <= width ? full : (head + tail).cut(to: width)
  }

  private func type(_ word: String) -> Phrase { Phrase(word, .treeType) }

  private func strong(_ text: String) -> Phrase { Phrase(text, .textStrong) }
}

extension String {
  /// The part of our own sentence about an account's token: `expires in 6 d`.
  var tokenSummary: String? {
    let subject = "The token "
    guard hasPrefix(subject) else { return nil }
    return String(dropFirst(subject.count).prefix { $0 != "." })
  }
}
