import Glibc

/// One client's connection: reads requests and answers them in order.
///
/// It never blocks: after each call it returns what it waits for, and until when.
final class Connection {
  typealias Instant = ContinuousClock.Instant

  enum State {
    case waiting(for: Poller.Interest, until: Instant)
    case ended
  }

  let descriptor: Int32
  /// What the poller watches it for; set by the event loop.
  var interest = Poller.Interest.reading
  private(set) var state: State
  private let responder: SimulatorResponder
  private let limits: ServerLimits
  private var reader = RequestReader()
  private var player: StepPlayer
  private var phase = Phase.reading

  private enum Phase {
    case reading
    case answering
    /// All is sent, and the client should close: closing first could lose the end of the answer.
    case leaving
  }

  init(
    _ descriptor: Int32,
    responder: SimulatorResponder,
    limits: ServerLimits,
    at now: Instant
  ) {
    self.descriptor = descriptor
    self.responder = responder
    self.limits = limits
    player = StepPlayer(on: descriptor)
    state = .waiting(for: .reading, until: now + limits.idle)
  }

  func handle(_ event: Poller.Event, buffer: UnsafeMutableRawBufferPointer, at now: Instant) {
    switch phase {
    case .answering where event.isOver: state = .ended
    case .answering: proceed(at: now)
    case .reading, .leaving: read(into: buffer, at: now)
    }
  }

  /// Called when a deadline or a pause is over.
  func deadlineReached(at now: Instant) {
    if case .answering = phase, interest == .hangup { proceed(at: now) } else { state = .ended }
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer, at now: Instant) {
    let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
    guard count > 0 else {
      if count == 0 || (errno != EAGAIN && errno != EINTR) { state = .ended }
      return
    }
    // Bytes after the last answer are dropped.
    guard case .reading = phase else { return }
    let wasMidway = reader.isMidway
    reader.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    if !wasMidway { state = .waiting(for: .reading, until: now + limits.request) }
    proceed(at: now)
  }

  private func proceed(at now: Instant) {
    while true {
      if case .reading = phase {
        guard let steps = nextAnswer() else { return }
        player.begin(steps)
        phase = .answering
      }
      switch player.proceed(at: now) {
      case .finished:
        phase = .reading
        let limit = reader.isMidway ? limits.request : player.idleLimit ?? limits.idle
        state = .waiting(for: .reading, until: now + limit)
        continue
      case .blocked: state = .waiting(for: .writing, until: now + limits.stall)
      case .waiting(let time): state = .waiting(for: .hangup, until: time)
      case .closing:
        phase = .leaving
        shutdown(descriptor, Int32(SHUT_WR))
        state = .waiting(for: .reading, until: now + limits.leaving)
      case .ended: state = .ended
      }
      return
    }
  }

  private func nextAnswer() -> [WireStep]? {
    do throws(RequestHead.Mistake) {
      return try reader.next().map(responder.steps)
    } catch {
      return responder.steps(for: error)
    }
  }
}
