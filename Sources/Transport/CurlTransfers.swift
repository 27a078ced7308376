import CCurl
import Providers

/// The requests that libcurl performs, and those that wait for a slot.
///
/// It belongs to the loop's thread.
struct CurlTransfers {
  private let multi: OpaquePointer
  private let userAgent: String
  private let caFile: String?
  private var slots: RequestSlots<CurlLoop.Ticket>
  private var active: [Int64: Active] = [:]
  /// Those of them that are POSTs.
  private var posts: Set<Int64> = []
  /// Unused handles, kept because making one costs more than a request.
  private var idle: [CurlExchange.Kind: [OpaquePointer]] = [:]

  private struct Active {
    let ticket: CurlLoop.Ticket
    let transfer: OpaquePointer
    /// Whether it was sent again, because the server had closed the first connection.
    var isRepeated = false
    /// When all was there that is needed of the answer to a POST.
    var answered: ContinuousClock.Instant?
  }

  /// How long the rest of the answer to a POST is read after its head; most come at once, and leave their
  /// connections for the next request.
  private static let longestRest = Duration.seconds(1)
  private static let mostIdle = 64
  private static let largestHead = 64 * 1024

  init(
    multi: OpaquePointer,
    limits: ConnectionLimits,
    userAgent: String,
    caFile: String?
  ) {
    self.multi = multi
    self.userAgent = userAgent
    self.caFile = caFile
    slots = RequestSlots(mostPerServer: limits.mostPerServer, mostInAll: limits.mostInAll)
  }

  mutating func start(_ ticket: CurlLoop.Ticket) {
    if slots.start(ticket, to: ticket.exchange.server) { send(ticket) }
  }

  mutating func cancel(_ numbers: [Int64]) {
    guard !numbers.isEmpty else { return }
    for number in numbers {
      guard let ended = active.removeValue(forKey: number) else { continue }
      posts.remove(number)
      let outcome = Self.outcomeOfCancelled(ended)
      ccurl_transfer_stop(ended.transfer, multi)
      release(ended, outcome)
    }
    let cancelled = Set(numbers)
    for ticket in slots.removeWaiting(where: { cancelled.contains($0.number) }) {
      ticket.continuation.resume(returning: .cancelled)
    }
  }

  /// Whether something is due at a time that libcurl does not know: requests wait for a free connection, or
  /// answers are read that may be cut off.
  var hasDates: Bool { slots.hasWaiting || posts.contains { active[$0]?.answered != nil } }

  /// Ends waiting requests whose deadline has passed.
  mutating func expireWaiting() {
    guard slots.hasWaiting else { return }
    let now = ContinuousClock.now
    for ticket in slots.removeWaiting(where: { $0.exchange.deadline <= now }) {
      ticket.continuation.resume(returning: .notSent)
    }
  }

  /// Ends POSTs that are answered, though the answer's body goes on: who drips it would hold up all that is
  /// to be told after it.
  mutating func endAnswered() {
    let now = ContinuousClock.now
    for number in posts where active[number].map({ Self.isAnswered($0) }) ?? false {
      let since = active[number]?.answered ?? now
      active[number]?.answered = since
      if now - since >= Self.longestRest { cancel([number]) }
    }
  }

  /// Lets libcurl work and delivers finished requests.
  mutating func perform() {
    ccurl_multi_perform(multi)
    while let outcome = ccurl_multi_next(multi)?.pointee {
      guard let ended = active[outcome.ticket] else { continue }
      if Self.isClosedBefore(outcome, ended), sendAgain(ended) { continue }
      active[outcome.ticket] = nil
      posts.remove(outcome.ticket)
      let kind = ended.ticket.exchange.kind
      let result = CurlOutcome(outcome, kind: kind)
      ccurl_transfer_stop(ended.transfer, multi)
      release(ended, result)
    }
    while let ticket = slots.next() { send(ticket) }
  }

  /// Ends everything; the multi handle is gone after this.
  mutating func end() {
    for ended in active.values {
      ccurl_transfer_stop(ended.transfer, multi)
      ccurl_transfer_free(ended.transfer)
      ended.ticket.continuation.resume(returning: .ended)
    }
    (active, posts) = ([:], [])
    for ticket in slots.removeWaiting(where: { _ in true }) {
      ticket.continuation.resume(returning: .ended)
    }
    for transfer in idle.values.joined() { ccurl_transfer_free(transfer) }
    idle = [:]
    ccurl_multi_free(multi)
  }
}

extension CurlTransfers {
  private mutating func send(_ ticket: CurlLoop.Ticket) {
    let exchange = ticket.exchange
    guard let transfer = idle[exchange.kind]?.popLast() ?? makeTransfer(exchange.kind) else {
      refuse(ticket, "libcurl could not be used: there is not enough memory.")
      return
    }
    for line in exchange.headers where !ccurl_transfer_add_header(transfer, line) {
      ccurl_transfer_free(transfer)
      refuse(ticket, "The request could not be made: there is not enough memory.")
      return
    }
    if let body = exchange.body, !ccurl_transfer_set_body(transfer, body, body.count) {
      ccurl_transfer_free(transfer)
      refuse(ticket, "The request could not be made: there is not enough memory.")
      return
    }
    let active = Active(ticket: ticket, transfer: transfer)
    if start(active, onFreshConnection: false) {
      self.active[ticket.number] = active
      if exchange.body != nil { posts.insert(ticket.number) }
    } else {
      ccurl_transfer_free(transfer)
      refuse(ticket, "libcurl did not accept the request.")
    }
  }

  private func start(_ active: Active, onFreshConnection: Bool) -> Bool {
    let exchange = active.ticket.exchange
    let left = (exchange.deadline - .now) / .milliseconds(1)
    let result = ccurl_transfer_start(
      active.transfer,
      multi,
      exchange.url,
      // 0 would mean no deadline.
      max(1, Int(left.rounded(.up))),
      onFreshConnection,
      active.ticket.number
    )
    return result == 0
  }

  private mutating func refuse(_ ticket: CurlLoop.Ticket, _ reason: String) {
    slots.release(ticket.exchange.server)
    ticket.continuation.resume(returning: .unavailable(reason))
  }

  private mutating func release(_ ended: Active, _ outcome: CurlOutcome) {
    let kind = ended.ticket.exchange.kind
    ccurl_transfer_clear_headers(ended.transfer)
    if ended.ticket.exchange.body != nil { ccurl_transfer_clear_body(ended.transfer) }
    if idle[kind, default: []].count < Self.mostIdle {
      idle[kind, default: []].append(ended.transfer)
    } else {
      ccurl_transfer_free(ended.transfer)
    }
    slots.release(ended.ticket.exchange.server)
    ended.ticket.continuation.resume(returning: outcome)
  }

  private func makeTransfer(_ kind: CurlExchange.Kind) -> OpaquePointer? {
    withOptionalCString(kind.caFile ?? caFile) { caFile in
      withOptionalCString(kind.proxy) { proxy in
        userAgent.withCString { userAgent in
          ccurl_transfer_new(
            ccurl_settings(
              ca_file: caFile,
              proxy: proxy,
              user_agent: userAgent,
              http2: kind.usesHTTP2,
              largest_body: HTTPRequest.largestBody,
              largest_head: Self.largestHead
            )
          )
        }
      }
    }
  }

  /// What was told and answered is answered, though the rest of the answer is still to come.
  private static func outcomeOfCancelled(_ ended: Active) -> CurlOutcome {
    guard isAnswered(ended) else { return .cancelled }
    return CurlOutcome(
      ccurl_transfer_outcome(ended.transfer, CurlFailure.aborted),
      kind: ended.ticket.exchange.kind
    )
  }

  /// Whether a POST has all that is needed of its answer: an interim one does not count.
  private static func isAnswered(_ active: Active) -> Bool {
    ccurl_transfer_has_head(active.transfer)
      && ccurl_transfer_outcome(active.transfer, CurlFailure.aborted).status >= 200
  }

  /// Whether a reused connection had been closed or become invalid before the request.
  ///
  /// This is common when polling: many servers close idle connections sooner than the next refresh.
  private static func isClosedBefore(_ outcome: ccurl_outcome, _ ended: Active) -> Bool {
    guard !ended.isRepeated else { return false }
    if outcome.needs_own_connection { return true }
    return CurlFailure.connectionLost.contains(Int(outcome.code))
      && outcome.connections_made == 0 && outcome.head_length == 0 && outcome.status == 0
  }

  /// Sends the request again on a new connection; false if that is not possible.
  private mutating func sendAgain(_ ended: Active) -> Bool {
    var repeated = ended
    repeated.isRepeated = true
    ccurl_transfer_stop(ended.transfer, multi)
    guard start(repeated, onFreshConnection: true) else { return false }
    active[ended.ticket.number] = repeated
    return true
  }
}

private func withOptionalCString<Result>(
  _ text: String?,
  _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}
