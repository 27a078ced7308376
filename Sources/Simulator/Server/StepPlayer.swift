import Glibc

/// Performs the steps of an answer on a socket, as far as possible without blocking.
struct StepPlayer {
  typealias Instant = ContinuousClock.Instant

  enum Progress {
    case finished
    /// The client does not read.
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
  /// How many bytes of the step at `place` were sent.
  private var sent = 0
  private var pauseEnd: Instant?
  /// The idle limit of the last answer.
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

  /// A pause, so that a flood does not starve the other connections.
  private static let floodPause = Duration.milliseconds(1)

  /// Returns how much of the step was sent in total; nil if the connection is gone.
  private mutating func send(_ bytes: [UInt8], upTo end: Int) -> Int? {
    while sent < end {
      let count = bytes.withUnsafeBytes {
        // Without SIGPIPE, which would end the process if the client is gone.
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
