import Health
import Synchronization

/// One poll on its way: passes the account's budgets, counts its requests, and ends at its deadline.
///
/// A task that sleeps beside each poll would end it as well, but it is a task more and a timer that the
/// system keeps until its time: at thousands of polls a second that is a pile. So one timer per account
/// calls `passDeadline`, which cancels the poll's own task.
final class PollRun: RequestGate {
  private enum State {
    case ahead
    case running(RunningTask)
    case over
    case passed
  }

  /// Handed to the loop of the account, which may only cancel it.
  ///
  /// It is `Sendable` as far as it is used here: cancelling is allowed from any task while the task
  /// runs, and the lock keeps `state` from being `.running` any longer than that.
  private struct RunningTask: @unchecked Sendable {
    let task: UnsafeCurrentTask
  }

  private let limiter: RateLimiter
  private let budgetDeadline: Moment?
  private let prepaid: String?
  private let isAllowed: @Sendable () -> Bool
  private let refused = Atomic(false)
  private let count = Atomic(0)
  private let state = Mutex(State.ahead)

  /// - Parameters:
  ///   - limiter: Whose budgets pay.
  ///   - budgetDeadline: Until when a request may wait for its budget; nil is as long as it takes.
  ///   - prepaid: The credential whose budget has paid for the first request already.
  ///   - isAllowed: Whether this process may ask anything of the account now.
  init(
    limiter: RateLimiter,
    budgetDeadline: Moment?,
    prepaid: String? = nil,
    isAllowed: @escaping @Sendable () -> Bool = { true }
  ) {
    self.limiter = limiter
    self.budgetDeadline = budgetDeadline
    self.prepaid = prepaid
    self.isAllowed = isAllowed
  }

  // MARK: Its deadline

  /// What the work returns, or nil when the deadline passes or the task is cancelled first.
  ///
  /// The work is cancelled then and has to end soon, as all that waits on the network or on time does.
  @concurrent
  func run<Answer: Sendable>(_ work: @Sendable () async -> Answer) async -> Answer? {
    await withUnsafeCurrentTask { task in
      guard let task, begin(RunningTask(task: task)) else { return nil }
      let answer = await work()
      return end() ? answer : nil
    }
  }

  func passDeadline() {
    state.withLock { state in
      if case .running(let running) = state { running.task.cancel() }
      if case .over = state { return }
      state = .passed
    }
  }

  private func begin(_ task: RunningTask) -> Bool {
    state.withLock { state in
      guard case .ahead = state else { return false }
      state = .running(task)
      return true
    }
  }

  /// Whether it ended in time.
  private func end() -> Bool {
    let isInTime = state.withLock { state in
      defer { state = .over }
      if case .passed = state { return false }
      return true
    }
    return isInTime && !Task.isCancelled
  }

  // MARK: Its requests

  /// Whether a request was not allowed any more, so that the answer tells nothing.
  var isRefused: Bool { refused.load(ordering: .relaxed) }

  var requests: Int { count.load(ordering: .relaxed) }

  func admit(_ credential: String) async throws(ProviderError) {
    if Task.isCancelled { throw ProviderError(.timedOut, "The poll ended before it was answered.") }
    try refuseIfNeeded()
    let earlier = count.wrappingAdd(1, ordering: .relaxed).oldValue
    if earlier == 0, credential == prepaid { return }
    // The payment was for the first request.
    if earlier == 0, let prepaid { limiter.giveBack(prepaid) }
    try await limiter.wait(for: credential, until: budgetDeadline)
    try refuseIfNeeded()
  }

  private func refuseIfNeeded() throws(ProviderError) {
    guard !isAllowed() else { return }
    refused.store(true, ordering: .relaxed)
    throw ProviderError(.timedOut, "Another process polls the account.")
  }

  func observe(_ signal: RateSignal, of credential: String) async {
    limiter.observe(signal, of: credential)
  }
}
