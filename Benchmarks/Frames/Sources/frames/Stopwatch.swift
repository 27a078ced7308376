import Glibc

/// What a piece of work cost: seconds of this process's processor time, by name, and the worst single time.
@MainActor
final class Stopwatch {
  struct Lap {
    var count = 0
    var total = 0.0
    var worst = 0.0
  }

  private(set) var laps: [(name: String, lap: Lap)] = []

  func measure<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
    let start = Self.now
    defer { note(name, Self.now - start) }
    return try body()
  }

  private func note(_ name: String, _ seconds: Double) {
    let place = laps.firstIndex { $0.name == name } ?? laps.count
    if place == laps.count { laps.append((name, Lap())) }
    laps[place].lap.count += 1
    laps[place].lap.total += seconds
    laps[place].lap.worst = max(laps[place].lap.worst, seconds)
  }

  /// A line for each: mean and worst, in microseconds.
  func report() -> String {
    laps.map { name, lap in
      let mean = lap.total / Double(max(lap.count, 1)) * 1e6
      return
        "  \(name.padded(28)) \(mean.rounded1.leading(10)) µs, worst \((lap.worst * 1e6).rounded1.leading(10)) µs, \(lap.count) times"
    }
    .joined(separator: "\n")
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension String {
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }

  func leading(_ width: Int) -> String {
    String(repeating: " ", count: max(width - count, 0)) + self
  }
}

extension Double {
  var rounded1: String { "\((self * 10).rounded() / 10)" }
}
