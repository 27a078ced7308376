import Health

/// Whether an account as a whole answers, from the last outcome of each of its targets.
struct AccountHealth: Sendable {
  private var answering: Set<String> = []
  private var failing: [String: ProviderError] = [:]
  private var latest: ProviderError?
  /// Why it did not answer before, until it is known whether it does.
  var former: ProviderError?
  var discoveryFailure: ProviderError?

  /// Nil while anything answers, or before anything was asked.
  var failure: ProviderError? {
    guard answering.isEmpty else { return nil }
    return failing.isEmpty ? discoveryFailure ?? former : latest
  }

  /// A number that is refused was answered: the account is fine.
  mutating func note(_ failure: ProviderError?, of target: String) {
    former = nil
    if let failure, failure.kind != .numberRefused {
      answering.remove(target)
      failing[target] = failure
      latest = failure
    } else {
      failing[target] = nil
      answering.insert(target)
    }
  }

  mutating func forget(_ target: String) {
    answering.remove(target)
    failing[target] = nil
  }
}
