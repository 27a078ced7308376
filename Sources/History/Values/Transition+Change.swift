import Health
package import Monitor

extension Transition {
  /// What Monitor said of it; nil of what it does not say.
  package var change: Change.Event? {
    switch (subject, event) {
    case (.number(let id), .state(let from, let to)):
      .number(number(id), from: from, to: to)
    case (.number(let id), .appeared): .appeared(number(id))
    case (.number(let id), .vanished): .vanished(number(id))
    case (.number(let id), .flapping(let worst, let percent)):
      .flapping(number(id), worst: worst, percent: percent)
    case (.number(let id), .steady): .steady(number(id))
    case (_, .acknowledged(let author, let comment)):
      .acknowledged(acknowledged, Change.Note(rememberedOf: author, comment: comment))
    case (_, .unacknowledged(let why)):
      .unacknowledged(acknowledged, Change.Note(rememberedOf: "", comment: ""), why: why)
    case (_, .muted(let author, let filter, let comment)):
      .muted(filter: filter, Change.Note(rememberedOf: author, comment: comment))
    case (_, .unmuted(let filter, let why)):
      .unmuted(filter: filter, Change.Note(rememberedOf: "", comment: ""), why: why ?? "")
    case (.account, .failing(let failure)): .failing(account, failure)
    case (.account, .answering): .answering(account)
    case (.template(let waba, let id), .word(let from, let to)):
      .template(
        Change.Template(remembered: id, of: waba, name: names.text),
        from: from ?? "",
        to: to
      )
    case (_, .reloaded(let text)): .reloaded(text)
    default: nil
    }
  }

  /// What explains it; of what operators said about a cause that cause.
  package var changeReason: Change.Reason? {
    guard reason == nil, case .cause(let key) = subject else { return reason }
    return CauseID(key: key).map { Change.Reason($0) }
  }

  /// Nil where a cause was acknowledged.
  private var acknowledged: Change.Number? {
    if case .number(let id) = subject { number(id) } else { nil }
  }

  private func number(_ id: PhoneNumber.ID) -> Change.Number {
    Change.Number(remembered: id, number: names.text, name: names.detail)
  }

  private var account: Change.Account {
    Change.Account(remembered: names.text, provider: names.detail ?? "")
  }
}
