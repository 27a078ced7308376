import Synchronization

// Making answers that take a while.
extension Listener {
  /// Makes the answer to a request for a path that is known, when it is its turn.
  func work(
    on path: String,
    for exchange: Exchange,
    _ answer: @escaping @Sendable () async -> HTTPResponse
  ) {
    // Under the lock, so that it is not over before it is noted.
    state.withLock { state in
      state.workBegun += 1
      let number = state.workBegun
      let lane = state.lane(of: path, limits)
      state.work[number] = Task(executorPreference: executor) { [self] in
        let id = exchange.connection.id
        // Who left while waiting has no answer made, nor has anybody while the server is stopped.
        let outcome = await lane.run(whileWanted: { [self] in connections.isThere(id) }) {
          guard !Task.isCancelled else { return exchange.abandon() }
          exchange.answer(await answer())
        }
        switch outcome {
        case .done: break
        case .full: exchange.answer(.busy("Too many requests for this wait."))
        case .unwanted: exchange.abandon()
        }
        self.state.withLock { _ = $0.work.removeValue(forKey: number) }
      }
    }
  }

  /// How many requests for a path wait for their turn.
  func waitingCount(of path: String) -> Int {
    state.withLock { $0.lanes[path]?.waitingCount ?? 0 }
  }
}

extension Listener.State {
  fileprivate mutating func lane(of path: String, _ limits: ListenerLimits) -> AnswerSlots {
    if let lane = lanes[path] { return lane }
    let lane = AnswerSlots(count: limits.answersAtOnce, mostWaiting: limits.answersWaiting)
    lanes[path] = lane
    return lane
  }
}
