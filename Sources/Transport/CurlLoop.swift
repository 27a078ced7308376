import CCurl
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// The thread that moves the bytes of all requests, on one multi handle of libcurl.
///
/// Others put requests and cancellations into an inbox and wake it; whatever libcurl holds is touched by
/// this thread alone.
final class CurlLoop: Sendable {
  private let userAgent: String
  /// Nil are those of this process.
  private let limits: ConnectionLimits?
  private let inbox = Mutex(Inbox())

  private struct Inbox {
    var state = State.notStarted
    var arrived: [Ticket] = []
    var cancelled: [Int64] = []
    var lastNumber: Int64 = 0
    /// The thread is waiting in libcurl and has to be woken.
    var isAsleep = false
    var multi: SendablePointer?
  }

  private enum State {
    case notStarted
    case running
    /// Nothing can be sent, and why.
    case unavailable(String)
    case ended
  }

  /// A request and the task that waits for its outcome.
  struct Ticket: Sendable {
    let number: Int64
    let exchange: CurlExchange
    let continuation: CheckedContinuation<CurlOutcome, Never>
  }

  /// `curl_multi_wakeup` may be called by any thread; nothing else is done with the pointer elsewhere.
  private struct SendablePointer: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  init(userAgent: String, limits: ConnectionLimits?) {
    self.userAgent = userAgent
    self.limits = limits
  }

  /// The outcome, at the latest at the deadline; soon after the task is cancelled.
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

  /// Ends all requests and the thread; does not wait for it.
  func end() {
    inbox.withLock { inbox in
      inbox.state = .ended
      wake(&inbox)
    }
  }

  private func submit(_ ticket: Ticket) {
    let refusal: CurlOutcome? = inbox.withLock { inbox in
      // A cancellation that came before this is not in the inbox any more; one that comes later will be.
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

// The thread's side.
extension CurlLoop {
  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread,
      nil,
      { context in
        // Signals belong to the threads that handle them.
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
      let wait = transfers.hasWaiting ? Self.waitWhileOthersWait : Self.longestWait
      if mayWait() { ccurl_multi_wait(multi, wait) }
    }
    inbox.withLock { $0.multi = nil }
    transfers.end()
    fail(.ended)
  }

  /// Milliseconds: libcurl does not know the deadlines of what it has not been given.
  private static let waitWhileOthersWait: Int32 = 100
  /// Milliseconds; deadlines and arrivals end a wait earlier.
  private static let longestWait: Int32 = 60_000

  /// What has come since the last time; nil at the end.
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

  /// Nothing is sent from now on.
  private func fail(_ outcome: CurlOutcome) {
    let waiting = inbox.withLock { inbox in
      if case .unavailable(let reason) = outcome { inbox.state = .unavailable(reason) }
      defer { inbox.arrived = [] }
      return inbox.arrived
    }
    for ticket in waiting { ticket.continuation.resume(returning: outcome) }
  }
}
