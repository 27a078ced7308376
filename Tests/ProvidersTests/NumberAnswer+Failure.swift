import Health

extension NumberAnswer {
  var failure: ProviderError? {
    if case .failure(let error) = result { error } else { nil }
  }
}
