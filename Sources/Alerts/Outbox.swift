import FoundationEssentials
import Health
import History
import Monitor

/// Sends a receiver's notices one after the other, each until it is accepted or given up.
actor Outbox {
  /// A receiver that does not work for so long misses the oldest notices.
  static let longestWait = Duration.seconds(24 * 3600)
  /// A notice that the receiver does not want is tried so often.
  static let mostRefusals = 3
  /// So much longer than a try may take is a notice in our hands.
  private static let margin = 20.0

  let receiver: Receiver
  let channel: String
  private let target: any NoticeReceiver
  private let holder: String
  private let time: any TimeSource
  private let backoff: Backoff
  private(set) var condition: ReceiverCondition

  init(
    _ receiver: Receiver,
    _ target: any NoticeReceiver,
    place: String,
    holder: String,
    time: any TimeSource,
    random: @escaping @Sendable () -> Double
  ) {
    self.receiver = receiver
    channel = receiver.name
    self.target = target
    self.holder = holder
    self.time = time
    backoff = Backoff(first: .seconds(1), longest: .seconds(300), random: random)
    condition = ReceiverCondition(receiver: receiver.name, place: place)
  }

  /// Sends what is due; returns whether there was anything.
  func deliver(from store: any AlertRecords) async throws(HistoryError) -> Bool {
    // Looked up each second, and cheaper than taking one.
    guard condition.waiting > 0 else { return false }
    let now = time.now.date
    let until = now.addingTimeInterval(target.timeout / .seconds(1) + Self.margin)
    let taken = try await store.takeNotice(of: channel, for: holder, at: now, until: until)
    // A process that was stopped meanwhile holds it no more: another one may have sent it.
    guard var notice = taken, time.now.date < until else { return false }
    let reception = await target.receive(notice, at: now)
    let then = time.now.date
    if reception == .accepted || reception.failure != condition.failure {
      try await store.note(reception.failure, of: channel, at: then)
    }
    condition.failure = reception.failure
    guard reception != .accepted else {
      notice.failure = nil
      _ = try await store.finish(notice, by: holder, as: .sent, at: then)
      return true
    }
    notice.attempts += 1
    notice.failure = reception.failure
    if isHopeless(reception, notice, at: then) {
      _ = try await store.finish(notice, by: holder, as: .givenUp, at: then)
    } else {
      let delay = backoff.delay(after: notice.attempts, asked: reception.askedDelay)
      notice.due = then.addingTimeInterval(delay / .seconds(1))
      _ = try await store.postpone(notice, by: holder)
    }
    return true
  }

  private func isHopeless(_ reception: Reception, _ notice: Notice, at now: Date) -> Bool {
    if case .refused = reception, notice.attempts >= Self.mostRefusals { return true }
    return now.timeIntervalSince(notice.date) > Self.longestWait / .seconds(1)
  }

  /// Looks how the notices stand.
  func look(in store: any AlertRecords) async throws(HistoryError) -> ChannelDelivery {
    let delivery = try await store.delivery(to: channel)
    condition.adopt(delivery)
    return delivery
  }

  func note(firing: Int) { condition.firing = firing }

  func note(dropped: Int) { condition.dropped += dropped }
}

extension Reception {
  fileprivate var askedDelay: Duration? {
    if case .failed(_, let delay) = self { delay } else { nil }
  }
}
