import Providers

/// Fetches the secrets that programs print, in parallel.
///
/// An account is ready as soon as its own secrets are known.
package struct SecretFetch: Sendable {
  /// How many programs run at once.
  static let width = 16

  /// In the order of the configuration.
  package private(set) var accounts: [ConfiguredAccount]
  /// The faults of an account's secrets, by its index in `accounts`.
  package private(set) var mistakes: [Int: [ConfigurationRemark]] = [:]

  package init(_ accounts: [ConfiguredAccount]) { self.accounts = accounts }

  /// The first waiting account, with its program, and how many more there are; nil if none is
  /// waiting.
  package var awaited: String? {
    let waiting = accounts.indices.filter { mistakes[$0] == nil && !accounts[$0].isComplete }
    guard let first = waiting.first, let secret = accounts[first].pendingSecrets.first else {
      return nil
    }
    let name = accounts[first].settings.name
    let more = waiting.count > 1 ? " and \(waiting.count - 1) more" : ""
    return "waiting for the key of account \(name) (\(secret.program))\(more)"
  }

  /// The accounts that are complete, and those that failed, with the reasons.
  package var decided: [(account: ConfiguredAccount, mistakes: [ConfigurationRemark])] {
    accounts.enumerated().compactMap { place, account in
      let mistakes = mistakes[place] ?? []
      return account.isComplete || !mistakes.isEmpty ? (account, mistakes) : nil
    }
  }

  /// Returns when all programs have ended, or the task is cancelled.
  ///
  /// Equal commands of several secrets run once.
  ///
  /// - Parameters:
  ///   - cache: The secrets that programs printed before.
  ///   - report: Called when an account becomes complete, or has failed.
  package mutating func run(
    with cache: SecretCache = SecretCache(),
    _ report: (SecretFetch) async -> Void = { _ in }
  ) async {
    var rest = requests[...]
    await withTaskGroup(of: Answer.self) { group in
      func startNext() {
        guard let next = rest.popFirst() else { return }
        group.addTask { await next.answer(with: cache) }
      }
      for _ in 0..<Self.width { startNext() }
      for await answer in group {
        startNext()
        if adopt(answer) { await report(self) }
      }
    }
  }

  /// One for each command, in the order of the configuration.
  private var requests: [Request] {
    var requests: [Request] = []
    var places: [SecretCommand: Int] = [:]
    for (account, settings) in accounts.enumerated() {
      for secret in settings.pendingSecrets {
        let place = places[secret.command] ?? requests.count
        if place == requests.count { requests.append(Request(command: secret.command)) }
        places[secret.command] = place
        requests[place].secrets.append((account, secret))
      }
    }
    return requests
  }

  private mutating func adopt(_ answer: Answer) -> Bool {
    var isDecided = false
    for (place, secret, result) in answer {
      switch result {
      case .success(let value):
        accounts[place].fill(secret, with: value)
        isDecided = isDecided || accounts[place].isComplete
      case .failure(let mistake):
        mistakes[place, default: []].append(mistake)
        isDecided = true
      }
    }
    return isDecided
  }

  /// The secrets of one command, with the place of their account.
  private typealias Answer = [(
    account: Int, secret: PendingSecret, result: Result<Secret, ConfigurationRemark>
  )]

  private struct Request: Sendable {
    let command: SecretCommand
    var secrets: [(account: Int, secret: PendingSecret)] = []

    func answer(with cache: SecretCache) async -> Answer {
      let output = await cache.output(of: command)
      let answer: Answer = secrets.map { account, secret in
        (
          account, secret,
          Result { () throws(ConfigurationRemark) in try secret.secret(from: output) }
        )
      }
      if let bytes = try? output.get(), answer.allSatisfy({ (try? $0.result.get()) != nil }) {
        await cache.keep(bytes, of: command)
      }
      return answer
    }
  }
}

/// The secrets that programs printed, so that a reload does not run them again: they may ask the
/// user, or take long.
package actor SecretCache {
  private var outputs: [SecretCommand: [UInt8]] = [:]

  package init() {}

  /// Forgets all, so that every program runs again.
  package func forget() { outputs = [:] }

  func output(of command: SecretCommand) async -> Result<[UInt8], SecretCommand.Failure> {
    if let output = outputs[command] { return .success(output) }
    do throws(SecretCommand.Failure) {
      return .success(try await command.output())
    } catch {
      return .failure(error)
    }
  }

  /// Only valid secrets are kept.
  func keep(_ output: [UInt8], of command: SecretCommand) { outputs[command] = output }
}
