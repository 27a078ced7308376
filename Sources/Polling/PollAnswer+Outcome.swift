import Health

extension PollAnswer {
  /// Why the poll as a whole failed; nil when any of it is good.
  var wholeFailure: ProviderError? {
    if let failure { return failure }
    guard readings.allSatisfy({ $0.error != nil }), templates.allSatisfy({ $0.error != nil })
    else { return nil }
    let errors = readings.compactMap(\.error) + templates.compactMap(\.error)
    return errors.first { $0.kind == .credentialRejected } ?? errors.first
  }

  /// The provider's first refusal for too many requests, whatever else was answered.
  var throttling: ProviderError? {
    if let failure, failure.isThrottling { return failure }
    for answer in readings {
      if let error = answer.error, error.isThrottling { return error }
    }
    return templates.lazy.compactMap(\.error).first(where: \.isThrottling)
  }

  /// A number of it needs somebody's eyes, and soon another look.
  func showsTrouble(callingExpected: Bool) -> Bool {
    readings.contains { answer in
      guard case .success(let report) = answer.result else { return false }
      let assessment =
        answer.assessment ?? Assessment(of: report, callingExpected: callingExpected)
      return assessment.state.isProblem
    }
  }

  /// With what the account makes of each report, which is then decided once, in the poll's own task.
  func assessed(for account: Account) -> Self {
    var assessed = self
    for index in readings.indices {
      guard case .success(let report) = readings[index].result else { continue }
      assessed.readings[index].assessment = Assessment(
        of: report,
        callingExpected: account.callingExpected
      )
    }
    return assessed
  }
}

extension ProviderError {
  /// Without a status it is our own budget that has refused, which knows of it.
  fileprivate var isThrottling: Bool {
    if case .throttled = kind { httpStatus != nil } else { false }
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
