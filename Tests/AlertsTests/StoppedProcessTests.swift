import Foundation
import Health
import History
import HistorySQLite
import TestSupport
import Testing

@testable import Alerts

/// A process that is stopped just when it is about to send something.
@Suite struct StoppedProcessTests {
  /// Stops the process after it took a notice.
  private struct StoppingRecords: AlertRecords {
    let store: SQLiteHistory
    let clock: ManualClock
    let pause: Duration

    func takeNotice(
      of channel: String,
      for holder: String,
      at now: Date,
      until: Date
    ) async throws(HistoryError) -> Notice? {
      defer { clock.advance(by: pause) }
      return try await store.takeNotice(of: channel, for: holder, at: now, until: until)
    }

    func told(to channel: String) async throws(HistoryError) -> [ToldTrouble] {
      try await store.told(to: channel)
    }

    func tell(_ tellings: [Telling]) async throws(HistoryError) { try await store.tell(tellings) }

    func waitingNotices(of channel: String, limit: Int) async throws(HistoryError) -> [Notice] {
      try await store.waitingNotices(of: channel, limit: limit)
    }

    func finish(
      _ notice: Notice,
      by holder: String,
      as outcome: Notice.Outcome,
      at now: Date
    ) async throws(HistoryError) -> Bool {
      try await store.finish(notice, by: holder, as: outcome, at: now)
    }

    func postpone(_ notice: Notice, by holder: String) async throws(HistoryError) -> Bool {
      try await store.postpone(notice, by: holder)
    }

    func note(_ failure: String?, of channel: String, at now: Date) async throws(HistoryError) {
      try await store.note(failure, of: channel, at: now)
    }

    func delivery(to channel: String) async throws(HistoryError) -> ChannelDelivery {
      try await store.delivery(to: channel)
    }

    func finishedNotices(limit: Int) async throws(HistoryError) -> [FinishedNotice] {
      try await store.finishedNotices(limit: limit)
    }
  }

  @Test func `a notice that it took before is not sent any more, as another one may have`()
    async throws
  {
    let clock = ManualClock()
    let store = try SQLiteHistory.inMemory()
    let hook = RecordingReceiver()
    let receiver = Receiver(name: "hook", kind: .notices(hook, place: "hook.example.com"))
    func outbox(_ holder: String) async throws -> Outbox {
      let outbox = Outbox(
        receiver,
        hook,
        place: "hook.example.com",
        holder: holder,
        time: clock,
        random: { 0.5 }
      )
      _ = try await outbox.look(in: store)
      return outbox
    }
    let notice = Notice(id: "n1", channel: "hook", body: "{}", date: clock.now.date)
    try await store.tell([Telling(.remark, notice)])
    let stopped = StoppingRecords(store: store, clock: clock, pause: .seconds(60))
    #expect(try await !outbox("stopped").deliver(from: stopped))
    #expect(hook.tries == 0)
    #expect(try await outbox("other").deliver(from: store))
    #expect(hook.accepted == [notice])
  }
}
