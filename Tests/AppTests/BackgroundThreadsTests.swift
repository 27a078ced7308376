import Glibc
import Testing

@testable import App

/// Work beside the screen, which goes from actor to actor on a few threads.
struct BackgroundThreadsTests {
  private actor Counter {
    private(set) var count = 0

    func add() { count += 1 }
  }

  private actor Flag {
    private(set) var isSet = false

    func set() { isSet = true }
  }

  @Test func `every job runs once, whichever actors its task goes to`() async {
    let counters = (0..<8).map { _ in Counter() }
    await withTaskGroup { group in
      for task in 0..<64 {
        group.addTask(executorPreference: BackgroundThreads.shared) {
          for step in 0..<100 { await counters[(task + step) % counters.count].add() }
        }
      }
    }
    var total = 0
    for counter in counters { total += await counter.count }
    #expect(total == 6_400)
  }

  @Test func `tasks that never rest let others run`() async {
    let isOver = Flag()
    let counters = (0..<2).map { _ in Counter() }
    await withTaskGroup { group in
      for _ in 0..<2 * max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
        group.addTask(executorPreference: BackgroundThreads.shared) {
          while await !isOver.isSet {
            for counter in counters { await counter.add() }
          }
        }
      }
      group.addTask(executorPreference: BackgroundThreads.shared) { await isOver.set() }
    }
    #expect(await isOver.isSet)
  }
}
