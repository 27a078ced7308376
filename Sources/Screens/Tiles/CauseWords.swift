import Canvas
import Health
import Monitor

/// A cause's reason, subject, meaning and remedy.
struct CauseWords {
  let context: DrawContext
  let cause: RankedCause

  private var marks: Marks { context.marks }
  private var fleet: Fleet { context.state.fleet }

  /// The reason in bold, then as much of the subject as there is room for.
  func headline(width: Int) -> [Phrase] {
    guard let why else {
      let subject = subjects.first { TextWidth.cells(of: $0) <= width } ?? subjects.last ?? ""
      return [Phrase(subject, .textStrong)].cut(to: width)
    }
    let left = width - TextWidth.cells(of: why) - 1
    let subject = subjectsAfterWhy.first { TextWidth.cells(of: $0) <= left }
    return [Phrase(why, .textStrong), Phrase(subject.map { " \($0)" } ?? "", .text)].cut(to: width)
  }

  /// The reason in a few words; nil if it is unknown, or is the subject itself.
  var why: String? { (cause.trouble ?? cause.cause?.shortName)?.sanitized }

  /// Forms for use after the reason, which usually implies the type; the longest first.
  private var subjectsAfterWhy: [String] {
    switch cause.id {
    case .entity(let reference) where reference.type == .phoneNumber:
      return number(reference).map { $0.removingPrefix("NUMBER ") }
    case .entity(let reference):
      let name = fleet.facts(of: reference)?.name?.sanitized ?? ""
      return subjects + (name.isEmpty ? [marks.shortened(reference.id.sanitized)] : [name])
    case .signal:
      guard cause.hit == 1, let record = context.state.worstNumber(of: cause.id) else { return [] }
      let number = context.number(record)
      return (record.number.label ?? record.name).map { ["\(number) \($0.sanitized)", number] }
        ?? [number]
    case .provider(let name, _): return ["provider \(name.sanitized)", name.sanitized]
    case .account: return subjects
    case .offline, .templates: return []
    }
  }

  /// Such as `WABA Acme UK 102938475610`, the longest first.
  var subjects: [String] {
    switch cause.id {
    case .entity(let reference): entity(reference)
    case .signal:
      [named]
    case .account(let name, _): account(name.sanitized)
    case .provider, .offline, .templates: [named]
    }
  }

  /// The meaning in our words, else in the provider's; nil if the subject says it already.
  var meaning: String? {
    switch cause.id {
    case .entity:
      let words = entry?.meaning ?? cause.cause?.text.sanitized ?? ""
      return words.isEmpty ? nil : words
    case .signal: return entry?.meaning
    case .account, .provider, .offline:
      return (cause.cause?.text ?? cause.failure?.message)?.sanitized
    case .templates: return nil
    }
  }

  var remedy: String? { entry?.remedy }

  var whoActs: String? {
    (cause.cause?.whoActs ?? entry?.whoActs).map { "\($0.phrase) act\($0 == .you ? "" : "s")" }
  }

  var code: String? { cause.cause?.code?.text.sanitized }

  var mark: StateMark {
    switch cause.severity {
    case .critical: StateMark(.blocked)
    case .warning: StateMark(.limited)
    case .unknown, .ok: StateMark(cause.id == .offline ? cause.state : .unknown)
    }
  }

  private var entry: KnowledgeEntry? { cause.cause.flatMap(Knowledge.entry(for:)) }

  private var named: String {
    CauseName(context: context, id: cause.id).phrases(width: 36).map(\.text).joined()
  }

  private func entity(_ reference: EntityReference) -> [String] {
    guard reference.type != .phoneNumber else { return number(reference) }
    let word = reference.type.word.sanitized
    let id = reference.id.sanitized
    let name = fleet.facts(of: reference)?.name?.sanitized ?? ""
    // The name first, because people know it.
    let named = "\(word) \(name)"
    let withName = ["\(named) \(id)", "\(named) \(marks.shortened(id))", named]
    return (name.isEmpty ? [] : withName) + ["\(word) \(id)", "\(word) \(marks.shortened(id))"]
  }

  private func number(_ reference: EntityReference) -> [String] {
    let record = fleet.numbers(sharing: reference).first.map { fleet.records[$0] }
    let number = record.map { context.number($0) } ?? context.number(reference.id.sanitized)
    let name = record.flatMap { $0.number.label ?? $0.name }?.sanitized ?? ""
    return (name.isEmpty ? [] : ["NUMBER \(number) \(name)"]) + ["NUMBER \(number)", number]
  }

  private func account(_ name: String) -> [String] {
    let account = fleet.condition(of: name)?.account.provider.sanitized
    let provider = account.flatMap { $0 == name ? nil : " (\($0))" } ?? ""
    return ["account \(name)\(provider)", "account \(name)", name]
  }
}

extension String {
  /// The text in so many cells: complete, else its first sentence, else cut with an ellipsis, after
  /// a clause if there is one.
  package func clause(in cells: Int) -> String {
    guard cells > 0 else { return "" }
    let whole = hasSuffix(".") ? String(dropLast()) : self
    if TextWidth.cells(of: whole) <= cells { return whole }
    for end in [". ", ": ", "; ", ", "] {
      guard let range = whole.firstRange(of: end) else { continue }
      // A part of a sentence may state something else than all of it.
      let clause = String(whole[..<range.lowerBound]) + (end == ". " ? "" : "…")
      if TextWidth.cells(of: clause) <= cells, clause.count > 12 { return clause }
    }
    return TextWidth.cut(whole, to: cells)
  }

  fileprivate func removingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
