import Synchronization
import Testing

@testable import Service

/// Work of which only some goes on at once.
struct AnswerSlotsTests {
  private final class Order: Sendable {
    private let words = Mutex<[String]>([])

    var all: [String] { words.withLock(\.self) }
    func add(_ word: String) { words.withLock { $0.append(word) } }
  }

  private final class Wish: Sendable {
    private let state = Mutex(true)

    var isThere: Bool { state.withLock(\.self) }
    func end() { state.withLock { $0 = false } }
  }

  @Test func `one works, one waits, and the next is turned away`() async {
    let slots = AnswerSlots(count: 1, mostWaiting: 1)
    let (opening, gate) = AsyncStream.makeStream(of: Void.self)
    let (begun, source) = AsyncStream.makeStream(of: Void.self)
    let order = Order()
    async let first = slots.run {
      source.finish()
      for await _ in opening {}
      order.add("first")
    }
    for await _ in begun {}
    async let second = slots.run { order.add("second") }
    while slots.waitingCount == 0 { await Task.yield() }
    #expect(await slots.run { order.add("third") } == .full)
    gate.finish()
    #expect(await first == .done)
    #expect(await second == .done)
    #expect(await slots.run { order.add("fourth") } == .done)
    #expect(order.all == ["first", "second", "fourth"])
  }

  @Test func `what nobody wants any more makes room, and is not done`() async {
    let slots = AnswerSlots(count: 1, mostWaiting: 2)
    let (opening, gate) = AsyncStream.makeStream(of: Void.self)
    let (begun, source) = AsyncStream.makeStream(of: Void.self)
    let order = Order()
    let isWanted = Wish()
    async let first = slots.run {
      source.finish()
      for await _ in opening {}
      order.add("first")
    }
    for await _ in begun {}
    let wanted = { @Sendable in isWanted.isThere }
    async let second = slots.run(whileWanted: wanted) { order.add("second") }
    async let third = slots.run(whileWanted: wanted) { order.add("third") }
    while slots.waitingCount < 2 { await Task.yield() }
    isWanted.end()
    async let fourth = slots.run { order.add("fourth") }
    #expect(await second == .unwanted)
    #expect(await third == .unwanted)
    gate.finish()
    #expect(await first == .done)
    #expect(await fourth == .done)
    #expect(order.all == ["first", "fourth"])
  }
}
