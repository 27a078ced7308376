package import Health

/// Hands the model what the poller says in short parts, each a turn of its own on the main actor, so
/// that keys are answered in between however much comes at once.
package struct DashboardFeed: FleetObserver {
  /// What takes the model about a millisecond where there are a hundred thousand numbers.
  private static let longestPart = 64

  private let model: ScreenModel

  package init(_ model: ScreenModel) { self.model = model }

  package func receive(_ update: FleetUpdate) async {
    let parts = update.parts(of: Self.longestPart)
    if parts.count > 1 { await model.expect(numbers: update.appeared.count) }
    for part in parts { await model.receive(part) }
  }
}

extension FleetUpdate {
  /// Updates that amount to this one when they are received in order, each with so many numbers or
  /// readings at most; all else that is said comes with the first.
  func parts(of count: Int) -> [FleetUpdate] {
    guard appeared.count + readings.count > count else { return [self] }
    var first = self
    (first.appeared, first.readings) = ([], [])
    let numbers = appeared.parts(of: count).map { FleetUpdate(appeared: $0) }
    let answers = readings.parts(of: count).map { FleetUpdate(readings: $0) }
    return [first] + numbers + answers
  }
}

extension Array {
  fileprivate func parts(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map { start in
      Array(self[start..<Swift.min(start + count, self.count)])
    }
  }
}
