import CCurl
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// The thread that performs all requests, with one multi handle of libcurl.
///
/// Other threads put requests and cancellations into an inbox and wake it. Only this thread uses
/// libcurl's handles.
final class CurlLoop: Sendable {
  private let userAgent: String
  /// Nil means those of this process.
  private let limits: ConnectionLimits?
  private let inbox = Mutex(Inbox())

  private struct Inbox {
    var state = State.notStarted
    var arrived: [Ticket] = []
    var cancelled: [Int64] = []
    var lastNumber: Int64 = 0
    /// Whether the thread is waiting in libcurl and has to be woken.
    var isAsleep = false
    var multi: SendablePointer?
  }

  private enum State {
    case notStarted
    case running
    /// No request can be sent, for this reason.
    case unavailable(String)
    case ended
  }

  /// A request and the task that waits for its outcome.
  struct Ticket: Sendable {
    let number: Int64
    let exchange: CurlExchange
    let continuation: CheckedContinuation<CurlOutcome, Never>
  }

  /// Other threads use the pointer only for `curl_multi_wakeup`, which any thread may call.
  private struct SendablePointer: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  init(userAgent: String, limits: ConnectionLimits?) {
    self.userAgent = userAgent
    self.limits = limits
  }

  /// Returns the outcome, at the latest at the deadline, or soon after the task is cancelled.
  func perform(_ exchange: CurlExchange) async -> CurlOutcome {
    let number = inbox.withLock { inbox in
      inbox.lastNumber += 1
      return inbox.lastNumber
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        submit(Ticket(number: number, exchange: exchange, continuation: continuation))
      }
    } onCancel: {
      inbox.withLock { inbox in
        guard case .running = inbox.state else { return }
        inbox.cancelled.append(number)
        wake(&inbox)
      }
    }
  }

  /// Ends all requests and the thread, without waiting for it.
  func end() {
    inbox.withLock { inbox in
      inbox.state = .ended
      wake(&inbox)
    }
  }

  private func submit(_ ticket: Ticket) {
    let refusal: CurlOutcome? = inbox.withLock { inbox in
      // An earlier cancellation may have been missed by the inbox; a later one will be in it.
      if Task.isCancelled { return .cancelled }
      switch inbox.state {
      case .unavailable(let reason): return .unavailable(reason)
      case .ended: return .ended
      case .notStarted:
        inbox.state = .running
        startThread()
      case .running: break
      }
      inbox.arrived.append(ticket)
      wake(&inbox)
      return nil
    }
    if let refusal { ticket.continuation.resume(returning: refusal) }
  }

  private func wake(_ inbox: inout Inbox) {
    guard inbox.isAsleep, let multi = inbox.multi else { return }
    inbox.isAsleep = false
    ccurl_wake(multi.pointer)
  }
}

// The part that runs on the thread.
extension CurlLoop {
  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread,
      nil,
      { context in
        // Signals must be delivered to the threads that handle them.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        if let context { Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      },
      context
    )
    if result == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<CurlLoop>.fromOpaque(context).release()
    }
  }

  private func run() {
    if let reason = ccurl_load() {
      fail(.unavailable(String(cString: reason)))
      return
    }
    let slots = limits ?? ConnectionLimits.raised()
    guard let multi = ccurl_multi_new(slots.mostInAll) else {
      fail(.unavailable("libcurl could not be started: there is not enough memory."))
      return
    }
    var transfers = CurlTransfers(
      multi: multi,
      limits: slots,
      userAgent: userAgent,
      caFile: CertificateAuthorities.systemFile
    )
    inbox.withLock { $0.multi = SendablePointer(pointer: multi) }
    while let (arrived, cancelled) = takeInbox() {
      for ticket in arrived { transfers.start(ticket) }
      transfers.cancel(cancelled)
      transfers.perform()
      transfers.expireWaiting()
      transfers.endAnswered()
      let wait = transfers.hasDates ? Self.waitForDates : Self.longestWait
      if mayWait() { ccurl_multi_wait(multi, wait) }
    }
    inbox.withLock { $0.multi = nil }
    transfers.end()
    fail(.ended)
  }

  /// In milliseconds, while something is due at a time that libcurl does not know.
  private static let waitForDates: Int32 = 100
  /// In milliseconds.
  ///
  /// Deadlines and new requests end a wait earlier.
  private static let longestWait: Int32 = 60_000

  /// The new entries of the inbox; nil after the end.
  private func takeInbox() -> (arrived: [Ticket], cancelled: [Int64])? {
    inbox.withLock { inbox in
      inbox.isAsleep = false
      guard case .running = inbox.state else { return nil }
      defer {
        inbox.arrived.removeAll(keepingCapacity: true)
        inbox.cancelled.removeAll(keepingCapacity: true)
      }
      return (inbox.arrived, inbox.cancelled)
    }
  }

  private func mayWait() -> Bool {
    inbox.withLock { inbox in
      guard case .running = inbox.state else { return false }
      inbox.isAsleep = inbox.arrived.isEmpty && inbox.cancelled.isEmpty
      return inbox.isAsleep
    }
  }

  /// Fails this and all future requests.
  private func fail(_ outcome: CurlOutcome) {
    let waiting = inbox.withLock { inbox in
      if case .unavailable(let reason) = outcome { inbox.state = .unavailable(reason) }
      defer { inbox.arrived = [] }
      return inbox.arrived
    }
    for ticket in waiting { ticket.continuation.resume(returning: outcome) }
  }
}
