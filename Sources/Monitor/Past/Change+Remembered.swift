package import Health

extension Change.Failure {
  /// The same in the poll's terms; nil of a kind that a later version writes.
  package var error: ProviderError? {
    guard let outcome = PollOutcome(rawValue: kind),
      let kind = CauseID.Trouble(outcome).errorKind
    else { return nil }
    return ProviderError(
      outcome == .timedOut ? .timedOut : kind,
      message,
      httpStatus: httpStatus
    )
  }
}

// What a change was about, as it is remembered.
extension Change.Number {
  package init(remembered id: PhoneNumber.ID, number: String, name: String?) {
    self.init(account: id.account, target: id.target, number: number, name: name)
  }
}

extension Change.Account {
  package init(remembered name: String, provider: String) {
    self.init(name: name, provider: provider)
  }
}

extension Change.Template {
  package init(remembered id: String, of waba: String, name: String) {
    self.init(waba: waba, id: id, name: name)
  }
}

extension Change.Note {
  package init(rememberedOf author: String, comment: String) {
    self.init(id: "", author: author, comment: comment, isDecidedHere: false)
  }
}
