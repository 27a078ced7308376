import CHeap
import Monitor
import Glibc
import Health
import Logging
import Polling
import Providers
import Reports
import Synchronization

/// What polls cost without a network: one sweep and its report, as `check` does them, or rounds of a
/// refresher into a fleet, as the dashboard does them.
///
///     PollBench sweep|rounds|transport [NUMBERS] [CONCURRENCY] [ROUNDS]
@main
struct PollBench {
  /// The main thread only waits: a callgrind run does not survive Swift's asynchronous main.
  static func main() {
    Task.detached {
      try await run()
      exit(0)
    }
    while true { pause() }
  }

  private static func run() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let figures = arguments.dropFirst().compactMap { Int($0) }
    let bench = PollBench(
      numbers: figures.first ?? 10_000,
      concurrency: figures.dropFirst().first ?? 64,
      rounds: figures.dropFirst(2).first ?? 3
    )
    switch arguments.first ?? "sweep" {
    case "sweep": await bench.sweep()
    case "rounds": try await bench.pollInRounds()
    case "transport": await bench.sendOnly()
    default: print("PollBench sweep|rounds|transport [NUMBERS] [CONCURRENCY] [ROUNDS]")
    }
  }

  let numbers: Int
  let concurrency: Int
  let rounds: Int

  private func id(_ index: Int) -> String { String(100_000_000_000_000 + index) }

  /// Every number is asked once a round.
  private func transport() -> MemoryTransport {
    let sent = Atomic(0)
    let numbers = numbers
    return MemoryTransport { url in
      let round = sent.wrappingAdd(1, ordering: .relaxed).oldValue / numbers
      let end = url.utf8.dropLast("/health".utf8.count)
      return Answers.body(number: String(Substring(end.suffix(15))), round: round)
    }
  }

  private func provider(_ transport: MemoryTransport, refresh: Duration) -> any HealthProvider {
    KapsoProvider(
      AccountSettings(
        name: "acme",
        refresh: refresh,
        requestsPerMinute: .unlimited,
        concurrency: concurrency,
        values: [
          "api_key": .secret(Secret("kapso-test-key")),
          "numbers": .numbers((0..<numbers).map { ConfiguredNumber(id: id($0)) }),
        ]
      ),
      transport
    )
  }

  /// Only what the benchmark's own transport costs, to be subtracted.
  private func sendOnly() async {
    let transport = transport()
    let urls = (0..<numbers).map { "http://127.0.0.1/\(id($0))/health" }
    let before = Usage.now
    await withTaskGroup { group in
      for lane in 0..<concurrency {
        group.addTask {
          for index in stride(from: lane, to: urls.count, by: concurrency) {
            let request = HTTPRequest(url: urls[index], headers: [], timeout: .seconds(15))
            _ = try? await transport.send(request)
          }
        }
      }
    }
    report("send", before, polls: numbers)
    transport.end()
  }

  private func sweep() async {
    let transport = transport()
    let provider = provider(transport, refresh: .seconds(60))
    let time = SystemTime()
    let start = Usage.now
    let collector = CountingFleet()
    await Sweep(
      providers: [provider],
      observer: collector,
      includesTemplates: false,
      timeout: .seconds(600),
      logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    )
    .run()
    let fleet = await collector.fleet
    report("sweep", start, polls: numbers)
    for output in ["nagios", "text", "json"] {
      let before = Usage.now
      let report = CheckReport(of: fleet, filter: Filter(), at: time.now)
      let text =
        switch output {
        case "nagios": report.nagios
        case "text": report.text(width: 100, isASCII: false)
        default: report.json
        }
      precondition(report.numbers.count == numbers && !text.isEmpty)
      self.report("report \(output)", before, polls: numbers)
    }
    transport.end()
  }

  private func pollInRounds() async throws {
    let transport = transport()
    let provider = provider(transport, refresh: .milliseconds(100))
    let fleet = CountingFleet()
    let refresher = Refresher(
      providers: [provider],
      observer: fleet,
      logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    )
    let run = Task { try await refresher.run() }
    var before = Usage.now
    for round in 0..<rounds {
      while await fleet.received < numbers * (round + 1) {
        try await Task.sleep(for: .milliseconds(2))
      }
      let polls = await fleet.takeCount()
      report("round \(round)", before, polls: polls)
      before = Usage.now
    }
    run.cancel()
    _ = try? await run.value
    transport.end()
  }

  private func report(_ name: String, _ before: Usage, polls: Int) {
    let after = Usage.now
    let micros = (after.cpu - before.cpu) * 1e6 / Double(polls)
    let bytes = (after.heap - before.heap) / max(numbers, 1)
    let allocations = Double(after.allocations - before.allocations) / Double(polls)
    print(
      "\(name.padded(16)) cpu \(micros.tenths) us/poll  allocations \(allocations.tenths)/poll"
        + "  heap \(bytes) B/number  rss \(after.rss / 1024) MiB"
    )
  }
}

/// A fleet as the dashboard's, without a screen.
private actor CountingFleet: FleetObserver {
  private(set) var fleet = Fleet()
  private let time = SystemTime()
  private(set) var received = 0
  private var counted = 0

  func receive(_ update: FleetUpdate) {
    _ = fleet.receive(update, at: time.now)
    received += update.readings.count
  }

  func takeCount() -> Int {
    defer { counted = received }
    return max(received - counted, 1)
  }
}

private struct Usage {
  let cpu: Double
  let heap: Int
  let rss: Int
  let allocations: Int

  static var now: Usage {
    var usage = rusage()
    getrusage(__rusage_who_t(0), &usage)
    return Usage(
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      heap: heap_bytes(),
      rss: Int(usage.ru_maxrss),
      allocations: allocationCount()
    )
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// What `allocations.c` has counted, where it was loaded before the program.
  private static func allocationCount() -> Int {
    guard let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: 0), "wabatop_allocations") else {
      return 0
    }
    typealias Count = @convention(c) () -> Int
    return unsafeBitCast(symbol, to: Count.self)()
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

extension Double {
  fileprivate var tenths: String { String((self * 10).rounded() / 10) }
}
