import Providers

/// Fetches the secrets that programs print, side by side.
///
/// An account is ready as soon as its own secrets are there, whatever the others' programs do.
struct SecretFetch: Sendable {
  /// Programs that run at once.
  static let width = 16

  /// In the order of the configuration.
  private(set) var accounts: [ConfiguredAccount]
  /// What is wrong with the secrets of an account, by its place among `accounts`.
  private(set) var mistakes: [Int: [ConfigurationRemark]] = [:]

  init(_ accounts: [ConfiguredAccount]) { self.accounts = accounts }

  /// The first account that is waited for, with its program, and how many more there are; nil when
  /// nothing is waited for.
  var awaited: String? {
    let waiting = accounts.indices.filter { mistakes[$0] == nil && !accounts[$0].isComplete }
    guard let first = waiting.first, let secret = accounts[first].pendingSecrets.first else {
      return nil
    }
    let name = accounts[first].settings.name
    let more = waiting.count > 1 ? " and \(waiting.count - 1) more" : ""
    return "waiting for the key of account \(name) (\(secret.program))\(more)"
  }

  /// The accounts that are complete, and those that will not be, with the reasons.
  var decided: [(account: ConfiguredAccount, mistakes: [ConfigurationRemark])] {
    accounts.enumerated().compactMap { place, account in
      let mistakes = mistakes[place] ?? []
      return account.isComplete || !mistakes.isEmpty ? (account, mistakes) : nil
    }
  }

  /// Fetches all secrets of the accounts; a signal ends the programs before it ends this one.
  static func finished(for accounts: [ConfiguredAccount]) async -> Self {
    let start = SecretFetch(accounts)
    guard start.awaited != nil else { return start }
    return await Interruption.cancelling {
      var fetch = start
      await fetch.run()
      return fetch
    }
  }

  /// Returns when each program has ended, or the task is cancelled.
  ///
  /// - Parameter report: Called when an account has become complete, or is known to stay incomplete.
  mutating func run(_ report: (SecretFetch) async -> Void = { _ in }) async {
    var rest = accounts.enumerated()
      .flatMap { place, account in account.pendingSecrets.map { (place: place, secret: $0) } }[...]
    await withTaskGroup(of: Fetched.self) { group in
      func startNext() {
        guard let next = rest.popFirst() else { return }
        group.addTask { await Fetched(next.secret, of: next.place) }
      }
      for _ in 0..<Self.width { startNext() }
      for await fetched in group {
        startNext()
        if adopt(fetched) { await report(self) }
      }
    }
  }

  private mutating func adopt(_ fetched: Fetched) -> Bool {
    switch fetched.result {
    case .success(let secret):
      accounts[fetched.place].fill(fetched.secret, with: secret)
      return accounts[fetched.place].isComplete
    case .failure(let mistake):
      mistakes[fetched.place, default: []].append(mistake)
      return true
    }
  }

  private struct Fetched: Sendable {
    let place: Int
    let secret: PendingSecret
    let result: Result<Secret, ConfigurationRemark>

    init(_ secret: PendingSecret, of place: Int) async {
      self.place = place
      self.secret = secret
      do throws(ConfigurationRemark) {
        result = .success(try await secret.fetch())
      } catch {
        result = .failure(error)
      }
    }
  }
}
