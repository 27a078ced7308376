import Foundation
import Health
import History
import HistorySQLite
import Monitor

// A month that was written hour by hour.
extension HistoryBench {
  private static let transitionsADay = 5

  /// Each number changes five times a day; an account of a hundred numbers is polled all the time.
  func month() async throws -> any HistoryStore {
    let store = try await SQLiteHistory.open(directory: folder, at: start).store
    try await store.write(readings(in: 0..<numbers, at: 0))
    let reasons = try reasons()
    let before = processorTime()
    for hour in 0..<days * 24 {
      let start = self.start.addingTimeInterval(Double(hour) * 3600)
      try await store.write(changes(in: hour, reasons))
      if hour % 24 == 23 {
        _ = try await store.maintain(Retention(), at: start.addingTimeInterval(7200))
      }
    }
    print("written: \(rounded(processorTime() - before)) s of CPU")
    let bytes = size()
    let full = Double(bytes) / Double(numbers * days) * 300_000
    print("size: \(bytes >> 20) MiB, for 10,000 numbers and 30 days \(Int(full) >> 20) MiB")
    return store
  }

  /// An hour's share of the changes of a day.
  private func changes(in hour: Int, _ reasons: [Change.Reason]) -> Batch {
    var batch = Batch()
    let start = self.start.addingTimeInterval(Double(hour) * 3600)
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
          ),
          reason: reasons[number / 100],
          difference: difference(
            of: number,
            to: count.isMultiple(of: 2) ? "LIMITED" : "AVAILABLE",
            hour
          )
        )
      )
    }
    batch.transitions.sort { $0.date < $1.date }
    return batch
  }

  /// Each WABA has a fault of its own, of which all its numbers are victims.
  private func reasons() throws -> [Change.Reason] {
    try (0...(numbers - 1) / 100).map { waba in
      let json = """
        {"key": "entity/WABA/\(200_000_000_000_000 + waba)", "code": "141010",
         "summary": "WABA \(200_000_000_000_000 + waba)", "severity": "warning",
         "text": "The business is not verified."}
        """
      return try JSONDecoder().decode(Change.Reason.self, from: Data(json.utf8))
    }
  }

  private func difference(of number: Int, to word: String, _ hour: Int) -> AnswerDifference {
    let waba = "WABA \(200_000_000_000_000 + number / 100)"
    let isWorse = word == "LIMITED"
    let error = "141010: The business is not verified." + (isWorst ? " \(number) \(hour)" : "")
    return AnswerDifference([
      AnswerDifference.Line(
        subject: waba,
        field: "can_send_message",
        before: isWorse ? "AVAILABLE" : "LIMITED",
        after: word
      ),
      AnswerDifference.Line(
        subject: waba,
        field: "error",
        before: isWorse ? nil : error,
        after: isWorse ? error : nil
      ),
    ])
  }
}
