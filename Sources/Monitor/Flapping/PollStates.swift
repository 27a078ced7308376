package import Health

/// A number's states at its last polls, and whether it flaps between them.
///
/// Failed polls are not among them: they say nothing about the number.
package struct PollStates: Hashable, Sendable {
  /// How many changes from one poll to the next count.
  static let length = 20
  /// A number begins to flap above 30 % of all weight, and stops below 20 %.
  private static let start = allWeight * 3 / 10
  private static let end = allWeight / 5

  private static let bits = 3
  private static let nothing: UInt64 = 7

  /// The raw values of the states, the latest in the lowest three bits.
  private var states = UInt64.max
  /// The worst state since it began to flap, which keeps its place in lists; nil while it doesn't.
  package private(set) var worst: HealthState?

  package init() {}

  package var isFlapping: Bool { worst != nil }

  /// Records the state after a poll.
  mutating func note(_ state: HealthState) {
    states = states << Self.bits | UInt64(state.rawValue)
    let weight = changeWeight
    if let worst {
      self.worst = weight < Self.end ? nil : min(worst, state)
    } else if weight > Self.start {
      worst = (0...Self.length).compactMap(state(at:)).min()
    }
  }

  /// The share of changes among the last polls, from 0 to 1.
  ///
  /// The latest weighs half as much again as the oldest. Polls that are still to come count as
  /// repetitions, so that a few answers of a new number are not flapping.
  package var changeShare: Double { Double(changeWeight) / Double(Self.allWeight) }

  private var changeWeight: Int {
    var sum = 0
    for age in 0..<Self.length {
      guard let former = value(age + 1) else { break }
      if value(age) != former { sum += Self.weight(age) }
    }
    return sum
  }

  /// From 1.2 to 0.8 of the mean, in whole numbers, which have no rounding errors.
  private static func weight(_ age: Int) -> Int { 114 - 2 * age }

  private static let allWeight = (0..<length).reduce(0) { $0 + weight($1) }

  private func value(_ age: Int) -> UInt64? {
    let value = states >> (Self.bits * age) & Self.nothing
    return value == Self.nothing ? nil : value
  }

  private func state(at age: Int) -> HealthState? {
    value(age).flatMap { HealthState(rawValue: UInt8($0)) }
  }
}

extension NumberRecord {
  /// The state that decides its place in lists: a flapping number keeps that of its worst one.
  package var rankingState: HealthState { polls.worst.map { min($0, state) } ?? state }

  /// The percentage of changes among its last polls while it flaps.
  package var flappingPercent: Int? {
    polls.isFlapping ? Int((polls.changeShare * 100).rounded()) : nil
  }
}
