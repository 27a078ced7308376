import Foundation
import GRDB
import Health
import Monitor
import TestSupport
import Testing

@testable import Alerts
@testable import History
@testable import HistorySQLite

/// Telling while nothing can be noted, as on a full disk.
@Suite struct UnwritableStoreTests {
  private let scene: Scene
  private let hook = RecordingReceiver()
  private let alertmanager = RecordingAlertmanager()

  init() throws { scene = try Scene() }

  private var receivers: [Receiver] { Scene.receivers(hook, alertmanager) }

  @Test func `what can't be noted is told all the same, and noted as soon as it can be`()
    async throws
  {
    let process = try await scene.process(receivers)
    try await scene.store.breakAlerts()
    await scene.poll(process, [0: "BLOCKED", 2: "BLOCKED"])
    await scene.pass(62, process)
    #expect(hook.told == ["incident_started WABA 70", "incident_started WABA 71"])
    #expect(Set(alertmanager.told) == ["firing 70", "firing 71"])
    #expect(await process.teller.isBehind)
    #expect(await process.teller.conditions.map(\.waiting) == [0, 0])
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(62, process)
    #expect(hook.told.dropFirst(2) == ["incident_resolved WABA 70"])
    #expect(alertmanager.told.filter { $0 == "resolved 70" }.count == 1)

    try await scene.store.repairAlerts()
    await scene.pass(62, process)
    #expect(await !process.teller.isBehind)
    #expect(try await scene.store.told(to: "hook").map(\.account) == ["direct"])
    #expect(try await scene.store.told(to: "ops http://am1:9093").map(\.account) == ["direct"])
    let finished = try await scene.store.finishedNotices(limit: 9)
    #expect(finished.map(\.notice.id) == hook.accepted.map(\.id).reversed())
    #expect(try await scene.store.delivery(to: "hook").waiting == 0)

    // Nothing is told again, and the rest of it goes on.
    let next = try await scene.process(receivers, name: "b")
    try await next.recorded.resumeIncidents(in: scene.store)
    await scene.poll(next, [0: "AVAILABLE", 2: "AVAILABLE"])
    await scene.pass(62, next)
    #expect(hook.told.dropFirst(3) == ["incident_resolved WABA 71"])
    #expect(hook.tries == 4)
  }

  @Test func `what waited when the disk was full goes out first`() async throws {
    let process = try await scene.process(receivers)
    hook.answer { _ in .failed("answered 503") }
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    try await scene.store.breakAlerts()
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(62, process)
    #expect(await process.teller.conditions[0].waiting == 2)
    hook.answer { _ in .accepted }
    await scene.pass(90, process)
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
    #expect(await process.teller.conditions[0].waiting == 0)
    try await scene.store.repairAlerts()
    await scene.pass(62, process)
    #expect(hook.accepted.count == 2)
    #expect(try await scene.store.told(to: "hook").isEmpty)
    #expect(try await scene.store.finishedNotices(limit: 9).map(\.outcome) == [.sent, .sent])
    #expect(try await scene.store.delivery(to: "hook").failure == nil)
  }

  @Test func `what was never noted is told again after a restart, under the same id`()
    async throws
  {
    let process = try await scene.process(receivers)
    try await scene.store.breakAlerts()
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(62, process)
    try await scene.store.repairAlerts()
    let next = try await scene.process(receivers, name: "b")
    try await next.recorded.resumeIncidents(in: scene.store)
    await scene.pass(62, next)
    #expect(hook.accepted.count == 2)
    #expect(Set(hook.accepted.map(\.id)).count == 1)
  }

  /// A process that is told everything while nothing at all can be written, as from its start on.
  private func processWithoutRoom(
    _ folder: TemporaryFolder,
    name: String
  ) async throws
    -> (Scene.Process, ReserveFiles)
  {
    let reserve = ReserveFiles(directory: folder.path)
    let empty = try SQLiteHistory.inMemory(isReadOnly: true)
    return (
      try await scene.process(receivers, name: name, over: empty, reserve: reserve), reserve
    )
  }

  private func alertIDs() -> [String?] { hook.accepted.map { ReadMessage($0).alert?.id } }

  @Test func `what a process told that was killed on a full disk is ended by the next one`()
    async throws
  {
    let folder = try TemporaryFolder()
    do {
      let (process, reserve) = try await processWithoutRoom(folder, name: "a")
      await scene.poll(process, [0: "BLOCKED", 2: "BLOCKED"])
      await scene.pass(62, process)
      #expect(hook.told.count == 2)
      #expect(await !process.teller.mayRepeat)
      // Its files are free as soon as it is gone.
      withExtendedLifetime(reserve) {}
    }
    // The next one finds the same causes by itself, and no room either.
    do {
      let (next, _) = try await processWithoutRoom(folder, name: "b")
      await scene.pass(62, next)
      await scene.poll(next, [0: "AVAILABLE"])
      await scene.pass(62, next)
    }
    #expect(hook.told.dropFirst(2) == ["incident_resolved WABA 70"])
    #expect(alertIDs()[2] == alertIDs()[0])

    // The one after that has room again.
    let reserve = ReserveFiles(directory: folder.path)
    let last = try await scene.process(receivers, name: "c", reserve: reserve)
    await scene.pass(62, last)
    #expect(try await scene.store.told(to: "hook").map(\.key) == ["entity/WABA/71"])
    #expect(try await scene.store.delivery(to: "hook").waiting == 0)
    await scene.poll(last, [2: "AVAILABLE"])
    await scene.pass(62, last)
    #expect(hook.told.dropFirst(3) == ["incident_resolved WABA 71"])
    #expect(alertIDs()[3] == alertIDs()[1])
    #expect(hook.tries == 4)
    #expect(try await scene.store.told(to: "hook").isEmpty)
    #expect(try await scene.store.told(to: "ops http://am1:9093").isEmpty)
    let resolved = alertmanager.told.filter { $0.hasPrefix("resolved") }
    #expect(resolved == ["resolved 70", "resolved 71"])
    #expect(ReserveFiles(directory: folder.path).takeLeft() == [])
  }

  @Test func `what was over before the next process came is told to be over`() async throws {
    let folder = try TemporaryFolder()
    do {
      let (process, _) = try await processWithoutRoom(folder, name: "a")
      await scene.poll(process, [0: "BLOCKED"])
      await scene.pass(62, process)
    }
    let next = try await scene.process(
      receivers,
      name: "b",
      reserve: ReserveFiles(directory: folder.path)
    )
    await scene.poll(next, [0: "AVAILABLE"])
    await scene.pass(700, next)
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
    #expect(Set(alertIDs()).count == 1)
  }

  @Test func `what could not be noted anywhere is said to be told again`() async throws {
    let process = try await scene.process(receivers)
    try await scene.store.breakAlerts()
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(62, process)
    #expect(await process.teller.mayRepeat)
    try await scene.store.repairAlerts()
    await scene.pass(62, process)
    #expect(await !process.teller.mayRepeat)
  }

  @Test func `a task that is cancelled still notes what was accepted`() async throws {
    let records = BufferedRecords(scene.store, time: scene.clock)
    let notice = Notice(id: "n1", channel: "hook", body: "{}", date: scene.clock.now.date)
    try await records.tell([Telling(.remark, notice)])
    let now = scene.clock.now.date
    let taken = try await records.takeNotice(of: "hook", for: "a", at: now, until: now + 30)
    #expect(taken == notice)
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let noting = Task {
      for await _ in gate {}
      return try await records.finish(notice, by: "a", as: .sent, at: now)
    }
    noting.cancel()
    opening.finish()
    #expect(try await noting.value)
    #expect(try await scene.store.delivery(to: "hook").waiting == 0)
  }
}

extension SQLiteHistory {
  private static let alertWrites = ["told", "notice", "channel"].flatMap { table in
    ["INSERT", "UPDATE", "DELETE"].map { (name: "\(table)_\($0)", table: table, action: $0) }
  }

  /// Nothing of alerts can be written any more.
  fileprivate func breakAlerts() async throws {
    try await write { db in
      for (name, table, action) in Self.alertWrites {
        try db.execute(
          sql: """
            CREATE TEMP TRIGGER \(name) BEFORE \(action) ON main.\(table)
            BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
            """
        )
      }
    }
  }

  fileprivate func repairAlerts() async throws {
    try await write { db in
      for write in Self.alertWrites { try db.execute(sql: "DROP TRIGGER \(write.name)") }
    }
  }
}
