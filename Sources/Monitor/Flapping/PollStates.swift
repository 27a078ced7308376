package import Health

/// A number's states at its last polls, and whether it flaps between them.
///
/// Failed polls are not among them: they say nothing about the number.
package struct PollStates: Hashable, Sendable {
  private static let bits = 3
  private static let nothing: UInt64 = 7

  /// The raw values of the states, the latest in the lowest three bits.
  private var states = UInt64.max
  /// The worst state since it began to flap, which keeps its place in lists; nil while it doesn't.
  package private(set) var worst: HealthState?
  /// How many changes counted at the last poll.
  private var length = UInt8(FlappingRules().polls)

  package init() {}

  /// The states of a former run, as it packed them.
  package init(packed: Int64, worst: HealthState?) {
    states = UInt64(bitPattern: packed)
    self.worst = worst
  }

  /// In a number that is the same in every run.
  package var packed: Int64 { Int64(bitPattern: states) }

  package var isFlapping: Bool { worst != nil }

  /// Records the state after a poll.
  mutating func note(_ state: HealthState, _ rules: FlappingRules = FlappingRules()) {
    states = states << Self.bits | UInt64(state.rawValue)
    length = UInt8(rules.polls)
    let (changes, all) = (changeWeight * 100, allWeight)
    if let worst {
      self.worst = changes < all * rules.under ? nil : min(worst, state)
    } else if changes > all * rules.over {
      worst = (0...rules.polls).compactMap(state(at:)).min()
    }
  }

  /// At how many of the last polls it was in a state without a break.
  func count(of state: HealthState) -> Int {
    var count = 0
    while count * Self.bits < UInt64.bitWidth - Self.bits, self.state(at: count) == state {
      count += 1
    }
    return count
  }

  /// The share of changes among the last polls, from 0 to 1.
  ///
  /// The latest weighs half as much again as the oldest. Polls that are still to come count as
  /// repetitions, so that a few answers of a new number are not flapping.
  package var changeShare: Double { Double(changeWeight) / Double(allWeight) }

  private var changeWeight: Int {
    var sum = 0
    for age in 0..<Int(length) {
      guard let former = value(age + 1) else { break }
      if value(age) != former { sum += weight(age) }
    }
    return sum
  }

  /// From 1.2 to 0.8 of the mean, in whole numbers, which have no rounding errors.
  private func weight(_ age: Int) -> Int { 6 * (Int(length) - 1) - 2 * age }

  private var allWeight: Int { 5 * Int(length) * (Int(length) - 1) }

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
