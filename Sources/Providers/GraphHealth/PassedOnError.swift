import Health

extension ProviderResponse {
  /// Meta's error that a provider passes on unchanged; nil for the provider's own errors.
  ///
  /// The provider accepted our key, so an invalid token is the provider's.
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
