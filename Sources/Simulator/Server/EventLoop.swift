import Glibc

/// All connections on one thread: none of them waits for another, and none needs a lock.
final class EventLoop {
  typealias Instant = ContinuousClock.Instant

  private let listener: Listener
  private let poller: Poller
  private let stop: StopSignal
  private let responder: SimulatorResponder
  private let limits: ServerLimits
  /// By descriptor.
  private var connections: [Int32: Connection] = [:]
  private var timers = TimerHeap()
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
  /// Set while there is no room for another connection.
  private var acceptsAgain: Instant?

  init(
    _ resources: ServerResources,
    responder: SimulatorResponder,
    limits: ServerLimits
  ) {
    listener = resources.listener
    poller = resources.poller
    stop = resources.stop
    self.responder = responder
    self.limits = limits
  }

  deinit { buffer.deallocate() }

  /// Serves until the stop signal, which ends all connections.
  func run() {
    var events: [Poller.Event] = []
    var isStopped = false
    while !isStopped {
      poller.wait(for: timeLeft, into: &events)
      let now = ContinuousClock.now
      // Accepts last, because a new connection can get the descriptor of one that ends in this
      // turn.
      var hasClients = resumesAccepting(at: now)
      for event in events {
        switch event.descriptor {
        case stop.descriptor: isStopped = true
        case listener.descriptor: hasClients = true
        default: handle(event, at: now)
        }
      }
      while let descriptor = timers.popDue(at: now) { deadlineReached(descriptor, at: now) }
      if hasClients, !isStopped { accept(at: now) }
    }
    for descriptor in connections.keys { close(descriptor) }
  }

  private var timeLeft: Duration? {
    let next = [timers.earliest, acceptsAgain].compactMap(\.self).min()
    return next.map { max(.zero, $0 - .now) }
  }

  private func handle(_ event: Poller.Event, at now: Instant) {
    guard let connection = connections[event.descriptor] else { return }
    connection.handle(event, buffer: buffer, at: now)
    watch(connection)
  }

  private func deadlineReached(_ descriptor: Int32, at now: Instant) {
    guard let connection = connections[descriptor] else { return }
    connection.deadlineReached(at: now)
    watch(connection)
  }

  /// Updates the poller and the deadline for a connection.
  private func watch(_ connection: Connection) {
    guard case .waiting(let interest, let deadline) = connection.state else {
      return end(connection)
    }
    timers.set(connection.descriptor, due: deadline)
    guard interest != connection.interest else { return }
    connection.interest = interest
    do { try poller.change(connection.descriptor, to: interest) } catch { end(connection) }
  }

  private func end(_ connection: Connection) {
    timers.remove(connection.descriptor)
    connections[connection.descriptor] = nil
    close(connection.descriptor)
  }

  /// Accepts a limited number in one turn, so that existing connections are served too.
  private func accept(at now: Instant) {
    for _ in 0..<64 {
      guard connections.count < limits.connections else { return pauseAccepting(at: now) }
      do throws(SystemError) {
        guard let descriptor = try listener.accept() else { return }
        add(descriptor, at: now)
      } catch {
        return pauseAccepting(at: now)
      }
    }
  }

  private func add(_ descriptor: Int32, at now: Instant) {
    let connection = Connection(descriptor, responder: responder, limits: limits, at: now)
    connections[descriptor] = connection
    do {
      try poller.add(descriptor, for: .reading)
      watch(connection)
    } catch {
      end(connection)
    }
  }

  /// Clients wait in the system's queue.
  ///
  /// Watching the listener further would wake the thread continuously.
  private func pauseAccepting(at now: Instant) {
    acceptsAgain = now + limits.acceptPause
    poller.remove(listener.descriptor)
  }

  private func resumesAccepting(at now: Instant) -> Bool {
    guard let time = acceptsAgain, time <= now else { return false }
    acceptsAgain = nil
    do {
      try poller.add(listener.descriptor, for: .reading)
      return true
    } catch {
      acceptsAgain = now + limits.acceptPause
      return false
    }
  }
}
