import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

/// When an acknowledgement ends, and which numbers it covers meanwhile.
@Suite struct OperatorRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let before: OperatorScene.Answer
    let after: [OperatorScene.Answer]
    /// Why it ended; nil if it holds.
    let end: String?
  }

  static let cases = [
    Case(testDescription: "gets less bad", before: .blocked, after: [.limited], end: nil),
    Case(
      testDescription: "gets less bad and as bad as before again",
      before: .blocked,
      after: [.limited, .blocked],
      end: nil
    ),
    Case(
      testDescription: "gets worse",
      before: .limited,
      after: [.blocked],
      end: "worse: LIMITED to BLOCKED"
    ),
    Case(testDescription: "recovers", before: .blocked, after: [.fine], end: "recovered"),
    Case(
      testDescription: "recovers from limited, having been blocked",
      before: .blocked,
      after: [.limited, .fine, .blocked],
      end: "recovered"
    ),
    Case(testDescription: "can't be asked", before: .blocked, after: [.timedOut], end: nil),
    Case(
      testDescription: "can't be asked, and is as before",
      before: .blocked,
      after: [.refused, .timedOut, .blocked],
      end: nil
    ),
    Case(
      testDescription: "can't be asked, and is worse then",
      before: .limited,
      after: [.timedOut, .blocked],
      end: "worse: LIMITED to BLOCKED"
    ),
    Case(
      testDescription: "is unknown and turns out to be blocked",
      before: .refused,
      after: [.blocked],
      end: "worse: UNKNOWN to BLOCKED"
    ),
    Case(
      testDescription: "is unknown and fine then",
      before: .refused,
      after: [.fine],
      end: "recovered"
    ),
    Case(
      testDescription: "has another cause that is as bad",
      before: .wabaBlocked,
      after: [.bothBlocked],
      end: "another cause: PHONE_NUMBER 106540352242920"
    ),
    Case(
      testDescription: "has one cause less",
      before: .bothBlocked,
      after: [.wabaBlocked, .bothBlocked],
      end: nil
    ),
    Case(
      testDescription: "has another cause instead",
      before: .blocked,
      after: [.yellow, .blocked],
      end: "another cause: QUALITY"
    ),
    Case(
      testDescription: "has the same cause in other words",
      before: .red,
      after: [.yellow, .red],
      end: nil
    ),
  ]

  @Test(arguments: cases)
  func `an acknowledged number`(_ row: Case) {
    var scene = OperatorScene([row.before])
    scene.acknowledge(number: 0)
    #expect(scene.marks() == "a")
    for answer in row.after { scene.read(answer) }
    #expect(scene.ends == (row.end.map { [$0] } ?? []))
    #expect(scene.marks() == (row.end == nil ? "a" : ""))
  }

  @Test func `an acknowledged number stays so while it is stale`() {
    var scene = OperatorScene([.blocked])
    scene.acknowledge(number: 0)
    scene.pass(.seconds(600))
    #expect(scene.monitor.fleet[OperatorScene.number(0).id]?.state == .stale)
    #expect(scene.marks() == "a")
    scene.read(.blocked)
    #expect(scene.marks() == "a")
    #expect(scene.ends.isEmpty)
  }

  @Test func `one acknowledgement of a cause covers all its numbers, also those that join it`() {
    var scene = OperatorScene([.wabaBlocked, .fine, .blocked])
    scene.acknowledge(OperatorScene.waba)
    #expect([0, 1, 2].map { scene.marks(of: $0) } == ["a", "", ""])
    scene.read(.wabaBlocked, of: 1)
    #expect(scene.marks(of: 1) == "a")
    #expect(scene.monitor.fleet.counts.acknowledged == 2)
  }

  @Test func `a number with a second cause as bad needs both acknowledged`() {
    var scene = OperatorScene([.bothBlocked])
    scene.acknowledge(OperatorScene.waba)
    #expect(scene.marks() == "")
    let own = EntityReference(type: .phoneNumber, id: OperatorScene.number(0).target ?? "")
    scene.acknowledge(.entity(own))
    #expect(scene.marks() == "a")
  }

  @Test func `a cause is over when its last number is fine again`() {
    var scene = OperatorScene([.wabaBlocked, .wabaBlocked])
    scene.acknowledge(OperatorScene.waba)
    scene.read(.fine)
    #expect(scene.ends.isEmpty)
    #expect(scene.marks(of: 1) == "a")
    scene.read(.fine, of: 1)
    #expect(scene.ends == ["recovered"])
    scene.read(.wabaBlocked, of: 1)
    #expect(scene.marks(of: 1) == "")
  }

  @Test func `a cause whose numbers can't be asked is not over`() {
    var scene = OperatorScene([.wabaBlocked, .wabaBlocked])
    scene.acknowledge(OperatorScene.waba)
    scene.read(.fine)
    scene.pass(.seconds(600))
    scene.read(.refused, of: 1)
    scene.read(.fine)
    #expect(scene.ends.isEmpty)
    scene.read(.wabaBlocked, of: 1)
    #expect(scene.marks(of: 1) == "a")
    scene.pass(.seconds(600))
    scene.read(.refused, of: 1)
    scene.read(.fine, of: 1)
    #expect(scene.ends == ["recovered"])
  }

  @Test func `a cause is over when the only number that it may still hit is gone`() {
    var scene = OperatorScene([.wabaBlocked, .fine])
    scene.acknowledge(OperatorScene.waba)
    scene.pass(.seconds(600))
    scene.read(.refused)
    #expect(scene.ends.isEmpty)
    scene.remove(0)
    #expect(scene.ends == ["recovered"])
  }

  @Test func `a cause that gets worse is no longer acknowledged`() {
    var scene = OperatorScene([.wabaLimited, .wabaLimited])
    scene.acknowledge(OperatorScene.waba)
    scene.read(.wabaBlocked)
    #expect(scene.ends == ["worse: LIMITED to BLOCKED"])
    #expect([0, 1].map { scene.marks(of: $0) } == ["", ""])
  }

  @Test func `what is read at the start holds until every number had the time for an answer`() {
    var scene = OperatorScene([])
    scene.acknowledge(OperatorScene.waba)
    scene.read(.fine)
    scene.read(.wabaBlocked, of: 1)
    #expect(scene.marks(of: 1) == "a")
    scene = OperatorScene([])
    scene.acknowledge(OperatorScene.waba)
    scene.read(.fine)
    scene.read(.fine, of: 1)
    #expect(scene.ends.isEmpty)
    scene.pass(.seconds(200))
    scene.read(.fine)
    scene.read(.fine, of: 1)
    #expect(scene.ends == ["recovered"])
  }

  @Test func `an account that fails is acknowledged with its numbers, until it answers`() {
    var scene = OperatorScene([.refused, .refused])
    scene.note(failure: .sampleUnauthorized)
    let cause = CauseID.account("direct", .keyRejected)
    scene.acknowledge(cause)
    #expect([0, 1].map { scene.marks(of: $0) } == ["a", "a"])
    // It fails in another way, which is another cause, but no recovery.
    scene.note(failure: .sampleTimeout)
    scene.read(.timedOut)
    #expect(scene.marks() == "")
    #expect(scene.ends.isEmpty)
    scene.note(failure: .sampleUnauthorized)
    scene.read(.refused)
    #expect(scene.marks() == "a")
    scene.note(failure: nil)
    scene.read(.fine)
    #expect(scene.ends.isEmpty)
    scene.read(.fine, of: 1)
    #expect(scene.ends == ["recovered"])
  }

  @Test func `it ends when its time is over`() {
    var scene = OperatorScene([.blocked])
    scene.acknowledge(number: 0, for: .seconds(60))
    scene.pass(.seconds(59))
    #expect(scene.marks() == "a")
    scene.pass(.seconds(2))
    #expect(scene.marks() == "")
    #expect(scene.ends == ["its time is over"])
  }

  @Test func `only who polls an account ends what is said about its numbers`() {
    var scene = OperatorScene([.blocked])
    scene.poll(only: [])
    scene.acknowledge(number: 0)
    scene.read(.fine)
    #expect(scene.ends.isEmpty)
    #expect(scene.marks() == "")
    #expect(scene.monitor.notes.acknowledgements.count == 1)
    // The process that polls says so, by the store.
    scene.takeBack()
    #expect(scene.ends == [""])
    #expect(scene.changes.allSatisfy { !$0.isDecidedHere })
  }

  @Test func `an end is told once, with the note that this process has to remember it`() {
    var scene = OperatorScene([.blocked])
    scene.acknowledge(number: 0)
    scene.read(.fine)
    scene.read(.fine)
    #expect(scene.changes.count(where: \.isDecidedHere) == 1)
  }

  @Test func `the journal has what was said and its end`() {
    var scene = OperatorScene([.wabaBlocked])
    scene.acknowledge(OperatorScene.waba)
    scene.read(.fine)
    let kinds = scene.monitor.journal.events.map(\.kind)
    #expect(kinds.contains(.acknowledged(by: "ops", comment: "ticket 8841")))
    #expect(kinds.last == .unacknowledged(why: "recovered"))
    #expect(scene.monitor.journal.events.last?.cause == OperatorScene.waba)
  }
}

extension Change {
  fileprivate var isDecidedHere: Bool {
    if case .unacknowledged(_, let note, _) = event { note.isDecidedHere } else { false }
  }
}
