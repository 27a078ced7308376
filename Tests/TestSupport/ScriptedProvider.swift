package import Health
import Synchronization

/// Answers as it is told to, and remembers who was asked when and how many at once.
package final class ScriptedProvider: HealthProvider {
  package typealias Script = @Sendable (PollTarget) -> Step

  /// What a poll of a target does.
  package enum Step: Sendable {
    case answer(PollAnswer)
    /// Answers after this time on the provider's clock.
    case answerLater(Duration, PollAnswer)
    /// Hears of these limits with the answer.
    case answerSaying(RateSignal, PollAnswer)
    /// Asks for its budget so many times, as paged answers do.
    case answerInPages(Int, PollAnswer)
    /// Never answers, until it is cancelled.
    case hang
  }

  package struct Asked: Hashable, Sendable {
    package let target: String
    package let moment: Moment
  }

  private struct State {
    var discovery: Discovery
    var discoveryHangs = false
    var discoveries: [Moment] = []
    var script: Script
    var asked: [Asked] = []
    var underWay = 0
    var mostUnderWay = 0
    var cancelled = 0
  }

  package let account: Account
  private let state: Mutex<State>
  private let time: any TimeSource

  /// Answers every number with a healthy report, unless the script says otherwise.
  package init(
    account: Account,
    targets: [PollTarget],
    time: any TimeSource,
    script: @escaping Script = { .answer(.healthy($0)) }
  ) {
    self.account = account
    self.time = time
    state = Mutex(State(discovery: Discovery(targets: targets), script: script))
  }

  package var asked: [Asked] { state.withLock { $0.asked } }
  package var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }
  package var underWay: Int { state.withLock { $0.underWay } }
  package var cancelled: Int { state.withLock { $0.cancelled } }
  package var discoveries: [Moment] { state.withLock { $0.discoveries } }

  package func moments(of target: String) -> [Moment] {
    asked.filter { $0.target == target }.map(\.moment)
  }

  package func follow(_ script: @escaping Script) { state.withLock { $0.script = script } }

  package func find(_ discovery: Discovery) {
    state.withLock {
      $0.discovery = discovery
      $0.discoveryHangs = false
    }
  }

  package func hangDiscovery() { state.withLock { $0.discoveryHangs = true } }

  package func discover(through gate: any RequestGate) async -> Discovery {
    let (discovery, hangs) = state.withLock { state in
      state.discoveries.append(time.now)
      return (state.discovery, state.discoveryHangs)
    }
    if hangs { await untilCancelled() }
    return discovery
  }

  package func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer {
    do throws(ProviderError) {
      try await gate.admit(target.credential)
    } catch {
      return PollAnswer(failure: error)
    }
    let step = state.withLock { state in
      state.asked.append(Asked(target: target.id, moment: time.now))
      state.underWay += 1
      state.mostUnderWay = max(state.mostUnderWay, state.underWay)
      return state.script(target)
    }
    defer { state.withLock { $0.underWay -= 1 } }
    return await perform(step, of: target, through: gate)
  }

  private func perform(
    _ step: Step,
    of target: PollTarget,
    through gate: any RequestGate
  ) async -> PollAnswer {
    switch step {
    case .answer(let answer):
      return answer
    case .answerLater(let latency, let answer):
      try? await time.sleep(until: time.now + latency)
      return answer
    case .answerSaying(let signal, let answer):
      await gate.observe(signal, of: target.credential)
      return answer
    case .answerInPages(let count, let answer):
      for _ in 1..<count { try? await gate.admit(target.credential) }
      return answer
    case .hang:
      await untilCancelled()
      return PollAnswer(failure: ProviderError(.timedOut, "Cancelled."))
    }
  }

  private func untilCancelled() async {
    let never = AsyncStream<Void> { _ in }
    for await _ in never {}
    state.withLock { $0.cancelled += 1 }
  }
}

extension PollAnswer {
  /// Every number of the target is fine.
  package static func healthy(_ target: PollTarget) -> PollAnswer {
    PollAnswer(
      readings: target.numbers.map {
        NumberAnswer(
          number: $0,
          result: .success(HealthReport(root: AsSent("AVAILABLE"))),
          httpStatus: 200
        )
      }
    )
  }

  /// Every number of the target is blocked.
  package static func blocked(_ target: PollTarget) -> PollAnswer {
    PollAnswer(
      readings: target.numbers.map {
        NumberAnswer(number: $0, result: .success(HealthReport(root: AsSent("BLOCKED"))))
      }
    )
  }

  package static func failing(_ kind: ProviderError.Kind) -> PollAnswer {
    PollAnswer(failure: ProviderError(kind, "The provider said no.", httpStatus: 500))
  }
}

extension PollTarget {
  /// A target `number/<name>` that brings one number of an account.
  package static func number(
    _ name: String,
    of account: Account,
    credential: String = ""
  ) -> PollTarget {
    let number = PhoneNumber(account: account.name, provider: account.provider, target: name)
    return PollTarget(
      id: "number/\(name)",
      purpose: .health,
      credential: credential,
      numbers: [number]
    )
  }
}
