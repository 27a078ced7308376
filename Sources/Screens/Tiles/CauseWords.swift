import Canvas
import Health
import Monitor

/// A cause's name, meaning and remedy.
struct CauseWords {
  let context: DrawContext
  let cause: RankedCause

  private var marks: Marks { context.marks }
  private var fleet: Fleet { context.state.fleet }

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

  /// The short name; nil for a signal, whose subject contains it.
  var shortName: String? {
    guard case .entity = cause.id else { return nil }
    return cause.cause?.shortName?.sanitized
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
  /// The text in so many cells: complete, else its first sentence or clause, else cut.
  package func clause(in cells: Int) -> String {
    guard cells > 0 else { return "" }
    let whole = hasSuffix(".") ? String(dropLast()) : self
    if TextWidth.cells(of: whole) <= cells { return whole }
    for end in [". ", ": ", "; ", ", "] {
      guard let range = whole.firstRange(of: end) else { continue }
      let clause = String(whole[..<range.lowerBound])
      if TextWidth.cells(of: clause) <= cells, clause.count > 12 { return clause }
    }
    return TextWidth.cut(whole, to: cells)
  }
}
