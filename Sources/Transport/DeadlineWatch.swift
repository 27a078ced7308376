import Synchronization

/// Ends waiting at many moments with one timer.
///
/// A sleeping task per request would do the same, but the system keeps a cancelled timer until its time:
/// at hundreds of requests a second that is a pile, and every new timer is sorted into it.
final class DeadlineWatch: Sendable {
  typealias Instant = ContinuousClock.Instant

  private struct State {
    var waiting: [Int: (deadline: Instant, continuation: CheckedContinuation<Void, Never>)] = [:]
    var cancelled: Set<Int> = []
    var lastNumber = 0
    /// When the timer that is set goes off; nil while nothing is waited for.
    var alarm: Instant?
  }

  private let state = Mutex(State())

  /// Returns at the deadline, or soon after the task is cancelled.
  func wait(until deadline: Instant) async {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.cancelled.remove(number) != nil { return true }
          state.waiting[number] = (deadline, continuation)
          return false
        }
        if isOver { continuation.resume() } else { setAlarm(at: deadline) }
      }
    } onCancel: {
      cancel(number)
    }
    _ = state.withLock { $0.cancelled.remove(number) }
  }

  private func cancel(_ number: Int) {
    let waiting = state.withLock { state in
      let waiting = state.waiting.removeValue(forKey: number)
      if waiting == nil { state.cancelled.insert(number) }
      return waiting
    }
    waiting?.continuation.resume()
  }

  /// Deadlines mostly come in the order of their requests, so the timer that is set is early enough.
  private func setAlarm(at deadline: Instant) {
    let isNeeded = state.withLock { state in
      guard state.alarm.map({ deadline < $0 }) ?? true else { return false }
      state.alarm = deadline
      return true
    }
    guard isNeeded else { return }
    Task { [weak self] in
      try? await Task.sleep(until: deadline, clock: .continuous)
      self?.ring(at: deadline)
    }
  }

  private func ring(at moment: Instant) {
    let (over, next) = state.withLock { state in
      let over = state.waiting.filter { $0.value.deadline <= moment }
      for number in over.keys { state.waiting[number] = nil }
      // A later alarm than this one has been replaced by an earlier one, which has rung.
      guard state.alarm == moment else { return (over, Instant?.none) }
      state.alarm = nil
      return (over, state.waiting.values.map(\.deadline).min())
    }
    for waiting in over.values { waiting.continuation.resume() }
    if let next { setAlarm(at: next) }
  }
}
