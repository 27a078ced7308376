import Health

extension PollAnswer {
  /// Why the poll as a whole failed; nil when any of it is good.
  var wholeFailure: ProviderError? {
    if let failure { return failure }
    let errors = readings.compactMap(\.error) + templates.compactMap(\.error)
    guard !errors.isEmpty, errors.count == readings.count + templates.count else { return nil }
    return errors.first { $0.kind == .credentialRejected } ?? errors.first
  }

  /// The first refusal for too many requests, whatever else was answered.
  var throttling: ProviderError? {
    let errors =
      [failure].compactMap { $0 } + readings.compactMap(\.error)
      + templates.compactMap(\.error)
    return errors.first { if case .throttled = $0.kind { true } else { false } }
  }

  /// A number of it needs somebody's eyes, and soon another look.
  func showsTrouble(callingExpected: Bool) -> Bool {
    readings.contains { answer in
      guard case .success(let report) = answer.result else { return false }
      return Assessment(of: report, callingExpected: callingExpected).state.isProblem
    }
  }
}

extension NumberAnswer {
  fileprivate var error: ProviderError? {
    if case .failure(let error) = result { error } else { nil }
  }
}

extension TemplateList {
  fileprivate var error: ProviderError? {
    if case .failure(let error) = templates { error } else { nil }
  }
}
