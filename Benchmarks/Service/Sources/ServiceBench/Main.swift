import Configuration
import Glibc
import Health
import Monitor
import Reports
import Service

/// What answers over HTTP cost, without a network: processor time and bytes of each.
///
///     ServiceBench 10000        numbers
@main
struct Main {
  static func main() async throws {
    let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000
    var state = MonitorState(startedAt: .sample)
    _ = state.receive(.sample(numbers: count), at: .sample)
    let snapshot = state.takeSnapshot()
    let polls = PollCounts(before: FleetMonitor(time: SystemTime()))
    await polls.receive(.sample(numbers: count))
    print("\(count) numbers")
    for detail in MetricsDetail.allCases {
      for format in [MetricsFormat.text, .openMetrics] {
        let metrics = Metrics(of: snapshot, polls: polls, detail: detail, version: "0")
        measure("metrics per \(detail.rawValue), \(format)") { metrics.text(as: format).count }
      }
    }
    let masked = Metrics(
      of: snapshot,
      polls: polls,
      detail: .number,
      masksNumbers: true,
      version: "0"
    )
    measure("metrics per number, masked") { masked.text(as: .text).count }
    measure("numbers as JSON") { CheckReport(of: snapshot.fleet, at: .sample).json.utf8.count }
  }

  /// The fastest and the median of some runs.
  private static func measure(_ name: String, _ body: () -> Int) {
    var times: [Double] = []
    var bytes = 0
    for _ in 0..<11 {
      let start = now
      bytes = body()
      times.append((now - start) * 1000)
    }
    times.sort()
    let padded = name + String(repeating: " ", count: max(0, 36 - name.count))
    print("  \(padded) \(rounded(times[0])) ms, median \(rounded(times[5])) ms, \(bytes) bytes")
  }

  private static func rounded(_ figure: Double) -> Double { (figure * 10).rounded() / 10 }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
