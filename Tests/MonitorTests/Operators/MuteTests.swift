import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

/// Mutes: filters with an end.
@Suite struct MuteTests {
  @Test func `a mute covers the numbers that pass its filter as they change`() {
    var scene = OperatorScene([.wabaBlocked, .fine])
    scene.mute("status:blocked")
    #expect([0, 1].map { scene.marks(of: $0) } == ["m", ""])
    scene.read(.blocked, of: 1)
    scene.read(.fine, of: 0)
    #expect([0, 1].map { scene.marks(of: $0) } == ["", "m"])
    #expect(scene.monitor.fleet.counts.muted == 1)
  }

  @Test func `a mute ends with its time`() {
    var scene = OperatorScene([.blocked])
    scene.mute("acme", for: .seconds(100))
    let end = scene.now + .seconds(100)
    #expect(scene.marks() == "m")
    scene.pass(.seconds(101))
    #expect(scene.marks() == "")
    #expect(scene.monitor.notes.mutes.isEmpty)
    let event = scene.monitor.journal.events.first {
      $0.kind == .unmuted(filter: "acme", why: "its time is over")
    }
    #expect(event?.moment == end)
  }

  @Test func `time alone may end or begin what a filter covers`() {
    var scene = OperatorScene([.fine])
    scene.read(.blocked)
    scene.mute("since<60s")
    #expect(scene.marks() == "m")
    scene.pass(.seconds(61))
    #expect(scene.marks() == "")
  }

  @Test func `a number that takes the place of another has its own marks`() {
    var scene = OperatorScene([.blocked, .fine, .blocked])
    scene.mute("number:+447700900130")
    scene.acknowledge(number: 2)
    scene.remove(0)
    #expect([1, 2].map { scene.marks(of: $0) } == ["", "a"])
    #expect(scene.monitor.fleet.counts.muted == 0)
    #expect(scene.monitor.fleet.counts.acknowledged == 1)
    scene.remove(2)
    #expect(scene.monitor.fleet.counts.acknowledged == 0)
  }

  @Test func `acknowledged and muted numbers are found by a filter`() throws {
    var scene = OperatorScene([.blocked, .blocked, .blocked])
    scene.acknowledge(number: 0)
    scene.mute("number:+447700900131")
    func found(_ text: String) throws -> [Int] {
      let filter = try Filter(text)
      let fleet = scene.monitor.fleet
      return fleet.records.indices.filter {
        filter.passes(fleet.records[$0], in: fleet, at: scene.now)
      }
    }
    #expect(try found("@acked") == [0])
    #expect(try found("@muted") == [1])
    #expect(try found("!@muted !@acked") == [2])
    #expect(try found("flag:acked,muted") == [0, 1])
  }

  @Test(arguments: [
    ("", "a mute needs a filter"), ("!@muted", "a mute can't depend on @muted"),
    ("acme flag:acked", "a mute can't depend on @acked"), ("stauts:blocked", "there is no field"),
  ])
  func `a filter that no mute can have is refused`(_ text: String, _ expected: String) {
    let error = #expect(throws: FilterError.self) { try Filter(muting: text) }
    #expect(error?.text.contains(expected) == true)
  }

  @Test func `a mute that this version can't read covers nothing`() {
    var scene = OperatorScene([.blocked])
    scene.mute("planet:mars")
    #expect(scene.marks() == "")
    #expect(scene.monitor.notes.mutes.count == 1)
  }
}
