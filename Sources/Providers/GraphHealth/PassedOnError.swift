import Health

extension ProviderResponse {
  /// Meta's own error that a provider passes on as it came; nil for the provider's own words.
  ///
  /// The key that opened the provider's door was good, so a dead token is the provider's.
  func passedOnError(
    about subject: GraphSubject,
    _ key: KeyHeader,
    of account: Account
  ) -> ProviderError? {
    guard let json, let error = GraphError(json), error.code != nil else { return nil }
    return error.providerError(
      httpStatus: answer.status,
      retryAfter: retryAfter,
      about: subject,
      asking: GraphCaller(
        provider: provider,
        account: account.name,
        credentialKey: key.place,
        secret: key.secret,
        sendsMetaToken: false
      )
    )
  }
}
