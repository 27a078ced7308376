import Synchronization

/// What happened since somebody last looked: many may tell, one takes all of it at once.
final class EventQueue<Event: Sendable>: Sendable {
  private struct State {
    var events: [Event] = []
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func push(_ event: Event) {
    let reader = state.withLock { state in
      state.events.append(event)
      return state.reader.take()
    }
    reader?.resume()
  }

  /// Everything that has been told, as soon as there is anything; nothing once the task is cancelled.
  ///
  /// Only one may wait at a time.
  func next() async -> [Event] {
    let events = takeAll()
    guard events.isEmpty else { return events }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isNeeded = state.withLock { state in
          guard state.events.isEmpty, !Task.isCancelled else { return false }
          state.reader = continuation
          return true
        }
        if !isNeeded { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.reader.take() }?.resume()
    }
    return takeAll()
  }

  private func takeAll() -> [Event] {
    if Task.isCancelled { return [] }
    return state.withLock { state in
      var events: [Event] = []
      swap(&events, &state.events)
      return events
    }
  }
}
