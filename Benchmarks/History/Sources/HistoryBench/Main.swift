import Foundation
import Health
import History
import HistorySQLite
import Monitor

/// What remembering costs: the size of a month, what a minute of polling takes, how long questions take.
///
/// In a worst month each change has a difference of answers that no other has.
///
/// `keep` leaves a month that ends now in a folder, for a program that starts with it.
///
///     HistoryBench month|worst|minute [NUMBERS] [DAYS]
///     HistoryBench keep FOLDER [NUMBERS] [DAYS]
@main
struct HistoryBench {
  static func main() async throws {
    var arguments = CommandLine.arguments.dropFirst()
    let task = arguments.popFirst() ?? "month"
    let kept = task == "keep" ? arguments.popFirst() : nil
    let figures = arguments.compactMap { Int($0) }
    let folder = kept ?? NSTemporaryDirectory() + "wabatop-history-\(UUID().uuidString)"
    defer { if kept == nil { try? FileManager.default.removeItem(atPath: folder) } }
    let days = figures.dropFirst().first ?? 30
    let bench = HistoryBench(
      numbers: figures.first ?? 10_000,
      days: days,
      isWorst: task == "worst",
      folder: folder,
      start: kept == nil
        ? Date(timeIntervalSince1970: 1_767_225_600)
        : Date(timeIntervalSinceNow: -Double(days) * 86_400)
    )
    switch (task, kept) {
    case ("month", nil), ("worst", nil): try await bench.ask(bench.month())
    case ("minute", nil): try await bench.minute()
    case ("keep", .some): _ = try await bench.month()
    default: print("HistoryBench month|worst|minute [NUMBERS] [DAYS], HistoryBench keep FOLDER [NUMBERS] [DAYS]")
    }
  }

  let numbers: Int
  let days: Int
  let isWorst: Bool
  let folder: String
  /// When the month begins.
  let start: Date

  // MARK: A minute

  /// Every number is read once within the minute, in sixty batches; a few change.
  private func minute() async throws {
    let store = try await SQLiteHistory.open(directory: folder, at: start).store
    for minute in 0..<4 {
      let before = processorTime()
      let firstSize = size()
      for second in 0..<60 {
        let share = numbers * second / 60..<numbers * (second + 1) / 60
        var batch = readings(in: share, at: Double(minute * 60 + second))
        let end = start.addingTimeInterval(Double(minute * 60 + second))
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

  func readings(in share: Range<Int>, at seconds: Double) -> Batch {
    var batch = Batch()
    let moment = Moment(
      date: start.addingTimeInterval(seconds),
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

  func target(_ number: Int) -> String { String(100_000_000_000_000 + number) }

  func id(_ number: Int) -> PhoneNumber.ID {
    PhoneNumber.ID(account: "account\(number / 100)", target: target(number))
  }

  /// A new value each time, as it comes from a provider.
  func report(_ number: Int) -> HealthReport {
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

  func size() -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { sum, name in
      let facts = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      return sum + (facts?[.size] as? Int ?? 0)
    }
  }

  /// Of all threads, in seconds.
  func processorTime() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  func rounded(_ figure: Double) -> Double { (figure * 100).rounded() / 100 }
}
