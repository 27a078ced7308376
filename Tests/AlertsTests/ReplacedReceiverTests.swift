import Foundation
import Health
import Monitor
import Synchronization
import TestSupport
import Testing

@testable import Alerts
@testable import History

/// Receivers of another configuration, such as after a reload.
@Suite struct ReplacedReceiverTests {
  private let scene: Scene
  private let hook = RecordingReceiver()

  init() throws { scene = try Scene() }

  private func receiver(_ name: String, _ target: any NoticeReceiver) -> Receiver {
    Receiver(name: name, kind: .notices(target, place: "hook.example.com"))
  }

  @Test func `under another name it is told what lasts, and ends only of that`() async throws {
    let process = try await scene.process([receiver("hook", hook)])
    await scene.poll(process, [0: "BLOCKED", 2: "BLOCKED"])
    await scene.pass(31, process)
    await process.teller.use([])
    await scene.poll(process, [2: "AVAILABLE"])
    await scene.pass(62, process)
    await process.teller.use([receiver("pager", hook)])
    await scene.pass(31, process)
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(62, process)
    #expect(
      hook.told == [
        "incident_started WABA 70", "incident_started WABA 71", "incident_started WABA 70",
        "incident_resolved WABA 70",
      ]
    )
  }

  @Test func `what waits while receivers are replaced is told once`() async throws {
    let process = try await scene.process([receiver("hook", hook)])
    hook.answer { _ in .failed("answered 503") }
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    await process.teller.use([receiver("hook", hook)])
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(31, process)
    await process.teller.use([receiver("hook", hook)])
    hook.answer { _ in .accepted }
    await scene.pass(62, process)
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
  }

  /// Answers when it is opened, and keeps what it is told.
  private final class Gate: NoticeReceiver {
    private let told = Mutex<[String]>([])
    private let (opening, source) = AsyncStream.makeStream(of: Void.self)
    let timeout = Duration.seconds(60)

    var ids: [String] { told.withLock(\.self) }
    func open() { source.finish() }

    func receive(_ notice: Notice, at now: Date) async -> Reception {
      told.withLock { $0.append(notice.id) }
      for await _ in opening {}
      return .accepted
    }
  }

  @Test func `one that is being told when it is replaced is told once, and holds up nobody`()
    async throws
  {
    let gate = Gate()
    let process = try await scene.process([receiver("hook", gate)])
    let telling = Task { await process.teller.run() }
    await pass(process, "BLOCKED") { gate.ids.count == 1 }
    await process.teller.use([receiver("hook", gate), receiver("other", hook)])
    await pass(process, "BLOCKED") { hook.told == ["incident_started WABA 70"] }
    await pass(process, "AVAILABLE") { hook.told.count == 2 }
    #expect(gate.ids.count == 1)
    gate.open()
    await pass(process, "AVAILABLE") { gate.ids.count == 2 }
    #expect(Set(gate.ids).count == 2)
    telling.cancel()
    await telling.value
  }

  /// Lets time pass, and polls, until something is so.
  private func pass(
    _ process: Scene.Process,
    _ word: String,
    until isSo: () -> Bool
  ) async {
    while !isSo() {
      scene.clock.advance(by: .seconds(1))
      await scene.poll(process, [0: word])
      await process.monitor.advance(to: scene.clock.now)
      // The store has threads of its own, which need real time.
      try? await Task.sleep(for: .milliseconds(2))
    }
  }
}
