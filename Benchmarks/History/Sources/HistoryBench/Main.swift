import Foundation
import Health
import History
import HistorySQLite
import Monitor

/// What remembering costs: the size of a month, what a minute of polling takes, how long questions take.
///
///     HistoryBench month|minute [NUMBERS] [DAYS]
@main
struct HistoryBench {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let figures = arguments.dropFirst().compactMap { Int($0) }
    let folder = NSTemporaryDirectory() + "wabatop-history-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = HistoryBench(
      numbers: figures.first ?? 10_000,
      days: figures.dropFirst().first ?? 30,
      folder: folder
    )
    switch arguments.first ?? "month" {
    case "month": try await bench.month()
    case "minute": try await bench.minute()
    default: print("HistoryBench month|minute [NUMBERS] [DAYS]")
    }
  }

  let numbers: Int
  let days: Int
  let folder: String

  private static let start = Date(timeIntervalSince1970: 1_767_225_600)
  private static let transitionsADay = 5

  // MARK: A month

  /// Each number changes five times a day; an account of a hundred numbers is polled all the time.
  private func month() async throws {
    let store = try await SQLiteHistory.open(directory: folder, at: Self.start).store
    try await store.write(readings(in: 0..<numbers, at: 0))
    let before = processorTime()
    for hour in 0..<days * 24 {
      let start = Self.start.addingTimeInterval(Double(hour) * 3600)
      try await store.write(changes(in: hour))
      if hour % 24 == 23 {
        _ = try await store.maintain(Retention(), at: start.addingTimeInterval(7200))
      }
    }
    print("written: \(rounded(processorTime() - before)) s of CPU")
    let bytes = size()
    let full = Double(bytes) / Double(numbers * days) * 300_000
    print("size: \(bytes >> 20) MiB, for 10,000 numbers and 30 days \(Int(full) >> 20) MiB")
    try await ask(store)
  }

  /// An hour's share of the changes of a day.
  private func changes(in hour: Int) -> Batch {
    var batch = Batch()
    let start = Self.start.addingTimeInterval(Double(hour) * 3600)
    for account in 0...(numbers - 1) / 100 {
      let end = start.addingTimeInterval(3600)
      batch.coverage.append(Coverage(account: "account\(account)", from: start, to: end))
    }
    let each = 24.0 / Double(Self.transitionsADay)
    for number in 0..<numbers {
      let phase = Double(number % 1000) / 1000 * each
      let count = Int(((Double(hour) + phase) / each).rounded(.down))
      guard Int(((Double(hour) - 1 + phase) / each).rounded(.down)) != count else { continue }
      batch.transitions.append(
        Transition(
          date: start.addingTimeInterval(Double(number % 3600)),
          subject: .number(id(number)),
          names: Names("+4477009\(number)", detail: "Acme \(number)"),
          event: .state(
            from: count.isMultiple(of: 2) ? .available : .limited,
            to: count.isMultiple(of: 2) ? .limited : .available
          )
        )
      )
    }
    batch.transitions.sort { $0.date < $1.date }
    return batch
  }

  private func ask(_ store: any HistoryStore) async throws {
    let end = Self.start.addingTimeInterval(Double(days) * 86_400)
    func window(_ seconds: Double) -> Range<Date> { end.addingTimeInterval(-seconds)..<end }
    let seen = (0..<50).map { id($0 * numbers / 50) }
    let middle = Self.start.addingTimeInterval(Double(days) * 43_200)
    let now = Moment(date: end, uptime: .seconds(1))
    try await time("everything as it was last") { _ = try await store.current(after: nil, at: now) }
    try await time("what is new of it") {
      _ = try await store.current(after: store.revision(), at: now)
    }
    try await time("everything at a moment") { _ = try await store.past(at: middle) }
    let present = try await fleet(store, at: now)
    try await time("everything at a moment, as a screen shows it") {
      _ = try await store.past(at: middle).snapshot(beside: present, EventJournal(), at: now)
    }
    try await time("counts at a moment") { _ = try await store.counts(at: middle) }
    try await time("the moment after") { _ = try await store.changeDate(after: middle) }
    try await time("100 events, the newest") { _ = try await store.transitions(TransitionQuery()) }
    try await time("100 events of one number") {
      _ = try await store.transitions(TransitionQuery(subjects: [.number(seen[7])]))
    }
    try await time("100 events of an hour long ago") {
      let hour = middle..<middle.addingTimeInterval(3600)
      _ = try await store.transitions(TransitionQuery(window: hour))
    }
    try await time("100 events of a window that ended long ago") {
      _ = try await store.transitions(TransitionQuery(window: Self.start..<middle))
    }
    try await time("density of 6 hours") {
      _ = try await store.density(in: window(21_600), shares: 60)
    }
    try await time("density of it all") {
      _ = try await store.density(in: Self.start..<end, shares: 60)
    }
    try await time("strips of 24 hours, 50 rows") {
      _ = try await store.lines(of: seen, in: window(86_400))
    }
    try await time("strips of 7 days, 50 rows") {
      _ = try await store.lines(of: seen, in: window(7 * 86_400))
    }
    try await time("times of it all, all numbers") {
      _ = try await store.times(of: nil, in: Self.start..<end)
    }
    try await time("changed within a day") {
      _ = try await store.numbersChanged(after: window(86_400).lowerBound)
    }
  }

  private func fleet(_ store: any HistoryStore, at now: Moment) async throws -> Fleet {
    var fleet = Fleet()
    _ = fleet.receive(try await store.current(after: nil, at: now).update, at: now)
    return fleet
  }

  private func time(_ what: String, _ body: () async throws -> Void) async throws {
    let clock = ContinuousClock()
    var best = Duration.seconds(999)
    for _ in 0..<3 { best = try await min(best, clock.measure(body)) }
    print("\(what): \(rounded(best / .milliseconds(1))) ms")
  }

  // MARK: A minute

  /// Every number is read once within the minute, in sixty batches; a few change.
  private func minute() async throws {
    let store = try await SQLiteHistory.open(directory: folder, at: Self.start).store
    for minute in 0..<4 {
      let before = processorTime()
      let firstSize = size()
      for second in 0..<60 {
        let share = numbers * second / 60..<numbers * (second + 1) / 60
        var batch = readings(in: share, at: Double(minute * 60 + second))
        let end = Self.start.addingTimeInterval(Double(minute * 60 + second))
        for account in 0...(numbers - 1) / 100 {
          batch.coverage.append(
            Coverage(account: "account\(account)", from: end.addingTimeInterval(-1), to: end)
          )
        }
        try await store.write(batch)
      }
      let spent = processorTime() - before
      print(
        "minute \(minute + 1): \(rounded(spent * 1000)) ms of CPU, \(rounded(spent / 60 * 100)) % of a core, "
          + "\((size() - firstSize) >> 10) KiB more on disk"
      )
    }
  }

  private func readings(in share: Range<Int>, at seconds: Double) -> Batch {
    var batch = Batch()
    let moment = Moment(
      date: Self.start.addingTimeInterval(seconds),
      uptime: .seconds(seconds)
    )
    batch.numbers = share.map { number in
      let phone = PhoneNumber(
        account: "account\(number / 100)",
        provider: "kapso",
        target: target(number)
      )
      let reading = Reading(
        number: phone,
        moment: moment,
        result: .success(report(number)),
        httpStatus: 200,
        latency: .milliseconds(180 + number % 50)
      )
      return NumberReadings(number: phone, latest: reading, lastGood: reading)
    }
    return batch
  }

  private func target(_ number: Int) -> String { String(100_000_000_000_000 + number) }

  private func id(_ number: Int) -> PhoneNumber.ID {
    PhoneNumber.ID(account: "account\(number / 100)", target: target(number))
  }

  /// A new value each time, as it comes from a provider.
  private func report(_ number: Int) -> HealthReport {
    func entity(_ type: String, _ id: String) -> HealthEntity {
      HealthEntity(type: AsSent(type), id: id, canSendMessage: AsSent("AVAILABLE"))
    }
    let waba = String(200_000_000_000_000 + number / 100)
    return HealthReport(
      nodeID: target(number),
      providerVerdict: "AVAILABLE",
      root: AsSent("AVAILABLE"),
      entities: [
        entity("PHONE_NUMBER", target(number)), entity("WABA", waba),
        entity("BUSINESS", "300000000000000"), entity("APP", "400000000000000"),
      ],
      facts: PhoneNumberFacts(
        displayNumber: "+44 7700 9\(number)",
        verifiedName: "Acme \(number)",
        status: AsSent("CONNECTED"),
        quality: AsSent("GREEN"),
        nameStatus: AsSent("APPROVED"),
        messagingLimit: AsSent("TIER_10K"),
        throughput: "STANDARD",
        others: [
          Fact("code_verification_status", "VERIFIED"), Fact("platform_type", "CLOUD_API"),
          Fact("account_mode", "LIVE"),
        ]
      )
    )
  }

  // MARK: Measures

  private func size() -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { sum, name in
      let facts = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      return sum + (facts?[.size] as? Int ?? 0)
    }
  }

  /// Of all threads, in seconds.
  private func processorTime() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  private func rounded(_ figure: Double) -> Double { (figure * 100).rounded() / 100 }
}
