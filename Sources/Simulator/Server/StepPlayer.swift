import Glibc

/// Plays the steps of an answer on a socket, each time as far as it gets without waiting.
struct StepPlayer {
  typealias Instant = ContinuousClock.Instant

  enum Progress {
    case finished
    /// The other side does not take its bytes.
    case blocked
    case waiting(until: Instant)
    /// Nothing more will be sent.
    case closing
    /// The connection has failed, or is to be reset.
    case ended
  }

  private let socket: Int32
  private var steps: [WireStep] = []
  private var place = 0
  /// Bytes of the step at `place` that are out.
  private var sent = 0
  private var pauseEnd: Instant?
  /// As the last answer wanted it.
  private(set) var idleLimit: Duration?

  init(on socket: Int32) { self.socket = socket }

  mutating func begin(_ steps: [WireStep]) {
    self.steps = steps
    place = 0
    sent = 0
    pauseEnd = nil
    idleLimit = nil
  }

  mutating func proceed(at now: Instant) -> Progress {
    while place < steps.count {
      if let pauseEnd, now < pauseEnd { return .waiting(until: pauseEnd) }
      switch steps[place] {
      case .send(let bytes):
        guard let end = send(bytes, upTo: bytes.count) else { return .ended }
        if end < bytes.count { return .blocked }
      case .drip(let bytes, let pause):
        guard let end = send(bytes, upTo: min(sent + 1, bytes.count)) else { return .ended }
        if end < bytes.count { pauseEnd = now + pause }
        if end < bytes.count { continue }
      case .flood(let bytes):
        guard let end = send(bytes, upTo: bytes.count) else { return .ended }
        if end < bytes.count { return .blocked }
        sent = 0
        pauseEnd = now + Self.floodPause
        continue
      case .wait(let time):
        if pauseEnd == nil {
          pauseEnd = now + time
          continue
        }
      case .closeWhenIdle(let time): idleLimit = time
      case .close: return .closing
      case .reset:
        makeCloseReset()
        return .ended
      }
      place += 1
      sent = 0
      pauseEnd = nil
    }
    return .finished
  }

  /// So that a client that takes all of a flood leaves the other connections their turn.
  private static let floodPause = Duration.milliseconds(1)

  /// How much of the step is out afterwards; nil where the connection is gone.
  private mutating func send(_ bytes: [UInt8], upTo end: Int) -> Int? {
    while sent < end {
      let count = bytes.withUnsafeBytes {
        // A client that has gone must not end the process (SIGPIPE).
        Glibc.send(socket, $0.baseAddress?.advanced(by: sent), end - sent, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        break
      } else if errno != EINTR {
        return nil
      }
    }
    return sent
  }

  private func makeCloseReset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }
}
