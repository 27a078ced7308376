import Canvas
import Health
import Monitor
import Screens

/// How long the main actor is taken at once while all numbers are read again and again.
///
/// Who waits on it gets a turn whenever it is free, as a key does: the time between two turns is what a
/// key would have waited. The monitor is told as fast as it takes it, which no network does.
@MainActor
struct Turns {
  let count: Int
  let size: ScreenSize

  private nonisolated static let batch = 64
  private nonisolated static let rounds = 3

  func run() async {
    let monitor = FleetMonitor(time: SystemTime())
    let model = ScreenModel(time: SystemTime(), monitor: monitor)
    let following = Task { await model.follow() }
    let sweeping = Task.detached { [count] in await Self.sweep(count, into: monitor) }
    var waits: [Duration] = []
    var isOver = false
    let end = Task {
      let duration = await sweeping.value
      isOver = true
      return duration
    }
    var last = ContinuousClock.now
    while !isOver {
      await Task.yield()
      let now = ContinuousClock.now
      waits.append(now - last)
      // Now and then a key, with its frame.
      if waits.count % 50 == 0 {
        _ = model.perform(.move(.down))
        let frame = model.layOut(at: model.state.now, size: size, marks: .unicode, chrome: Chrome())
        _ = frame.canvas
      }
      last = ContinuousClock.now
    }
    let duration = await end.value
    following.cancel()
    report(waits.sorted(), duration)
  }

  private nonisolated static func sweep(_ count: Int, into monitor: FleetMonitor) async -> Duration
  {
    let numbers = (0..<count).map { PhoneNumber.sample(numbered: $0) }
    let accounts = Account.samples.map { AccountCondition.sample($0) }
    let time = SystemTime()
    await monitor.receive(FleetUpdate(appeared: numbers, accounts: accounts))
    let begin = ContinuousClock.now
    for round in 0..<rounds {
      for start in stride(from: 0, to: count, by: batch) {
        let readings = (start..<min(start + batch, count)).map {
          Reading.sample(numbered: $0, at: time.now, isWorse: round == 1 && $0 % 10 == 0)
        }
        await monitor.receive(FleetUpdate(readings: readings))
      }
    }
    return ContinuousClock.now - begin
  }

  private func report(_ waits: [Duration], _ duration: Duration) {
    // A key comes at any time, so a long turn is met as often as it is long.
    let total = waits.reduce(.zero, +)
    func wait(ofKeys share: Double) -> Duration {
      var sum = Duration.zero
      for wait in waits {
        sum += wait
        if sum >= total * share { return wait }
      }
      return waits.last ?? .zero
    }
    print("turns \(count): \(count * Self.rounds) readings in \(duration)")
    print("  a turn: median of keys \(wait(ofKeys: 0.5)), 99 % \(wait(ofKeys: 0.99)), ")
    print("  longest \(waits.last ?? .zero), \(waits.count) turns")
  }
}
