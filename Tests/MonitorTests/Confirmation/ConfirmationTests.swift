import Health
import TestSupport
import Testing

@testable import Monitor

@Suite struct ConfirmationTests {
  @Test func `what the answers say otherwise is counted from the state that was told`() {
    var watched = Watched(ConfirmationRules(downTime: .seconds(3600)))
    // A warning comes first, then the fault that is told.
    for (place, word) in ["ok", "wrn", "lim", "lim", "ok", "ok"].enumerated() {
      watched.poll(at: place * 30, word)
    }
    let lines = watched.changes.compactMap(\.difference).map { difference in
      difference.lines.map { "\($0.field) \($0.before ?? "") \($0.after ?? "")" }
    }
    #expect(
      lines == [
        ["can_send_message AVAILABLE LIMITED"], ["can_send_message LIMITED AVAILABLE"],
      ]
    )
  }

  @Test func `a first answer has no difference, and a poll that fails is one`() {
    var watched = Watched(.immediate)
    watched.poll(at: 0, "ok")
    watched.poll(at: 30, "fail")
    watched.pass(to: 130)
    let changes = watched.changes.filter { if case .number = $0.event { true } else { false } }
    #expect(changes.map { $0.difference?.lines.map(\.field) } == [nil, ["poll"]])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// A poll every thirty seconds.
    let polls: String
    let told: [String]
    let shown: String
    var rules = ConfirmationRules(downTime: .seconds(3600))

    init(
      _ testDescription: String,
      _ polls: String,
      told: [String],
      shown: String,
      rules: ConfirmationRules = ConfirmationRules(downTime: .seconds(3600))
    ) {
      self.testDescription = testDescription
      self.polls = polls
      self.told = told
      self.shown = shown
      self.rules = rules
    }
  }

  private static let suspicious = ConfirmationRules(
    downPolls: 3,
    downTime: .seconds(3600),
    upPolls: 3,
    trustsBlocked: false
  )

  static let cases = [
    Case("a first answer needs nothing", "lim", told: [], shown: "LIM"),
    Case("one poll is shown only", "ok lim", told: [], shown: "LIM 1/2"),
    Case("the second one tells it", "ok lim lim", told: ["AVA>LIM 30"], shown: "LIM"),
    Case("one that is taken back never was", "ok lim ok", told: [], shown: "AVA"),
    Case("then the count begins anew", "ok lim ok lim", told: [], shown: "LIM 1/2"),
    Case("a warning waits too", "ok wrn", told: [], shown: "WAR 1/2"),
    Case("a failed poll does not count", "ok lim fail", told: [], shown: "LIM 1/2"),
    Case("nor does it begin anew", "ok lim fail lim", told: ["AVA>LIM 30"], shown: "LIM"),
    Case("blocked is trusted", "ok blk", told: ["AVA>BLO 30"], shown: "BLO"),
    Case("so is critical", "ok crt", told: ["AVA>CRI 30"], shown: "CRI"),
    Case("a recovery waits", "ok blk ok", told: ["AVA>BLO 30"], shown: "AVA 1/2"),
    Case(
      "until the second poll",
      "ok blk ok ok",
      told: ["AVA>BLO 30", "BLO>AVA 60"],
      shown: "AVA"
    ),
    Case("a short recovery never was", "ok blk ok blk", told: ["AVA>BLO 30"], shown: "BLO"),
    Case("better is confirmed as well", "ok blk lim", told: ["AVA>BLO 30"], shown: "LIM 1/2"),
    Case(
      "better after two polls",
      "ok blk lim lim",
      told: ["AVA>BLO 30", "BLO>LIM 60"],
      shown: "LIM"
    ),
    Case("worse is trusted at once", "lim blk", told: ["LIM>BLO 30"], shown: "BLO"),
    Case(
      "bad in two ways is bad twice",
      "ok wrn lim",
      told: ["AVA>LIM 60"],
      shown: "LIM"
    ),
    Case("the last state is the one that counts", "ok lim blk", told: ["AVA>BLO 60"], shown: "BLO"),
    Case(
      "no trust: three polls",
      "ok blk crt",
      told: [],
      shown: "CRI 2/3",
      rules: suspicious
    ),
    Case(
      "no trust: then it is told as it is",
      "ok blk crt blk",
      told: ["AVA>BLO 90"],
      shown: "BLO",
      rules: suspicious
    ),
    Case(
      "no trust: worse counts from there",
      "lim blk blk",
      told: [],
      shown: "BLO 2/3",
      rules: suspicious
    ),
    Case(
      "immediate: everything is told",
      "ok lim ok blk",
      told: ["AVA>LIM 30", "LIM>AVA 60", "AVA>BLO 90"],
      shown: "BLO",
      rules: .immediate
    ),
  ]

  @Test(arguments: cases)
  func `a change is told once it is confirmed`(example: Case) {
    var watched = Watched(example.rules)
    for (place, word) in example.polls.split(separator: " ").enumerated() {
      watched.poll(at: place * 30, String(word))
    }
    #expect(watched.told == example.told)
    #expect(watched.shown == example.shown)
    #expect(watched.monitor.journal.count == 1 + example.told.count)
  }

  @Test func `without a second poll time tells it, as of when it was seen`() {
    var watched = Watched(ConfirmationRules())
    watched.poll(at: 0, "ok")
    watched.poll(at: 30, "lim")
    watched.pass(to: 74)
    #expect(watched.told == [])
    #expect(watched.monitor.nextDue == .sample + .seconds(75))
    watched.pass(to: 75)
    #expect(watched.told == ["AVA>LIM 30"])
    #expect(watched.monitor.journal.events.last?.moment == .sample + .seconds(30))
    #expect(watched.monitor.confirmation.nextDue == nil)
  }

  @Test func `what goes silent is told at once, and needs no confirmation to be as before`() {
    var watched = Watched(ConfirmationRules(downTime: .seconds(3600)))
    watched.poll(at: 0, "ok")
    watched.poll(at: 30, "blk")
    watched.pass(to: 130)
    #expect(watched.told == ["AVA>BLO 30", "BLO>STA 130"])
    watched.poll(at: 140, "ok")
    #expect(watched.shown == "AVA 1/2")
    watched.poll(at: 150, "blk")
    #expect(watched.told.dropFirst(2) == ["STA>BLO 150"])
    #expect(watched.shown == "BLO")
  }

  @Test func `a number that vanishes leaves nothing to confirm`() {
    var watched = Watched(ConfirmationRules())
    watched.poll(at: 0, "ok")
    watched.poll(at: 30, "lim")
    var monitor = watched.monitor
    _ = monitor.receive(FleetUpdate(vanished: [Watched.number.id]), at: watched.now)
    #expect(monitor.confirmation.pendingCount == 0)
    #expect(monitor.nextDue == nil)
    #expect(monitor.advance(to: watched.now + .seconds(60)).isEmpty)
  }

  @Test func `events stand in the order in which they happened`() {
    var watched = Watched(ConfirmationRules())
    watched.poll(at: 0, "ok")
    watched.poll(at: 30, "lim")
    var monitor = watched.monitor
    _ = monitor.noteReload("nothing changed", at: .sample + .seconds(50))
    _ = monitor.advance(to: .sample + .seconds(80))
    let journal = monitor.journal
    #expect(journal.events.map(\.id) == [0, 2, 1])
    #expect((0...2).map { journal.index(of: $0) } == [0, 2, 1])
    #expect(journal.count(before: .sample + .seconds(31)) == 2)
  }
}
