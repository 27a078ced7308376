import Health
import Synchronization
import TestSupport
import Testing

@testable import Service

/// Answers that several clients get.
struct SharedAnswersTests {
  /// Counts the answers that are made.
  private final class Counted: Sendable {
    let shared = SharedAnswers()
    let clock = ManualClock()
    private let made = Mutex(0)

    var count: Int { made.withLock(\.self) }

    func ask(_ target: String, _ revision: Int = 1) async -> HTTPResponse {
      let question = SharedAnswers.Question(HTTPRequest(target: target), at: revision)
      return await shared.answer(to: question, at: clock.now) {
        made.withLock { $0 += 1 }
        return .text("answer")
      }
    }
  }

  private let answers = Counted()

  @Test func `the same of the same state is made once a second, while anybody is sent it`() async {
    let first = await answers.ask("/metrics")
    _ = await answers.ask("/metrics")
    #expect(answers.count == 1)
    let other = await answers.ask("/metrics?a")
    let newer = await answers.ask("/metrics", 2)
    #expect(answers.count == 3)
    answers.clock.advance(by: .seconds(1))
    let later = await answers.ask("/metrics")
    #expect(answers.count == 4)
    withExtendedLifetime((first, other, newer, later)) {}
    _ = await answers.ask("/gone")
    _ = await answers.ask("/gone")
    #expect(answers.count == 6)
  }

  @Test func `who asks while it is made waits for it`() async {
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    let answers = answers
    let question = SharedAnswers.Question(HTTPRequest(target: "/metrics"), at: 1)
    async let first = answers.shared.answer(to: question, at: answers.clock.now) {
      beginning.finish()
      for await _ in gate {}
      return .text("one")
    }
    for await _ in begun {}
    async let second = answers.ask("/metrics")
    while answers.shared.waitingCount == 0 { await Task.yield() }
    opening.finish()
    #expect(await first.status == 200)
    #expect(await second.status == 200)
    #expect(answers.count == 0)
  }
}
