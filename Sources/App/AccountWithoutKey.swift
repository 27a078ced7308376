import Configuration
import Health

/// An account without its secret: it is shown with the reason, and no request is sent.
struct AccountWithoutKey: HealthProvider {
  let account: Account
  private let failure: ProviderError

  init(_ account: Account, because mistakes: [ConfigurationRemark]) {
    self.account = account
    failure = ProviderError(
      .credentialRejected,
      mistakes.first?.description ?? "The account has no key."
    )
  }

  func discover(through gate: any RequestGate) async -> Discovery {
    Discovery(targets: [], failures: [failure])
  }

  func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    PollAnswer(failure: failure)
  }
}
