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

  @Test func `one works, one waits, and the next is turned away`() async {
    let slots = AnswerSlots(count: 1, mostWaiting: 1)
    let (opening, gate) = AsyncStream.makeStream(of: Void.self)
    let (begun, source) = AsyncStream.makeStream(of: Void.self)
    let order = Order()
    async let first = slots.run { hasWaited in
      source.finish()
      for await _ in opening {}
      order.add(hasWaited ? "first, late" : "first")
    }
    for await _ in begun {}
    async let second = slots.run { order.add($0 ? "second, late" : "second") }
    while slots.waitingCount == 0 { await Task.yield() }
    #expect(await slots.run { _ in order.add("third") } == false)
    gate.finish()
    #expect(await first)
    #expect(await second)
    #expect(await slots.run { _ in order.add("fourth") })
    #expect(order.all == ["first", "second, late", "fourth"])
  }
}
