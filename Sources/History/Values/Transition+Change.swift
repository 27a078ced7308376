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

  private func number(_ id: PhoneNumber.ID) -> Change.Number {
    Change.Number(remembered: id, number: names.text, name: names.detail)
  }

  private var account: Change.Account {
    Change.Account(remembered: names.text, provider: names.detail ?? "")
  }
}
