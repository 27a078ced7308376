import Synchronization

/// What happened since somebody last looked: many may tell, one takes all of it at once.
final class EventQueue<Event: Sendable>: Sendable {
  private let waiting = Mutex<[Event]>([])
  /// Yields when there is something to take; ends when the task that waits is cancelled.
  let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  init() {
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func push(_ event: Event) {
    waiting.withLock { $0.append(event) }
    signal.yield()
  }

  func takeAll() -> [Event] {
    waiting.withLock { waiting in
      defer { waiting.removeAll(keepingCapacity: true) }
      return waiting
    }
  }
}
