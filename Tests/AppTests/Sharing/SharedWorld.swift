import Foundation
import Health
import Monitor
import Synchronization
import TestSupport

/// How numbers and accounts really are, at each moment until now.
final class SharedWorld: Sendable {
  enum Fault: Sendable {
    case rejected, unreachable
  }

  private struct State {
    var words: [PhoneNumber.ID: [(from: Moment, word: HealthState)]] = [:]
    var wabas: [String: [(from: Moment, word: HealthState)]] = [:]
    var faults: [String: [(from: Moment, fault: Fault?)]] = [:]
  }

  static let refresh = Duration.seconds(10)
  /// How long an answer counts, with what it takes to notice.
  static let window = refresh * 3 + .seconds(6)

  let accounts = ["acme", "india", "shops"].map { Account.sample($0, refresh: refresh) }
  let numbers: [PhoneNumber]
  private let clock: ManualClock
  private let state = Mutex(State())

  init(_ clock: ManualClock) {
    self.clock = clock
    numbers = accounts.flatMap { account in
      (1...3).map { PhoneNumber.sample("\(account.name)-\($0)", on: account) }
    }
    let now = clock.now
    state.withLock { state in
      for number in numbers { state.words[number.id] = [(now, .available)] }
      for account in accounts { state.wabas[account.name] = [(now, .available)] }
      for account in accounts { state.faults[account.name] = [(now, nil)] }
    }
  }

  // MARK: What happens

  func set(_ number: PhoneNumber.ID, _ word: HealthState) {
    state.withLock { $0.words[number]?.append((clock.now, word)) }
  }

  func set(wabaOf account: String, _ word: HealthState) {
    state.withLock { $0.wabas[account]?.append((clock.now, word)) }
  }

  func set(_ account: String, _ fault: Fault?) {
    state.withLock { $0.faults[account]?.append((clock.now, fault)) }
  }

  // MARK: How it is

  func fault(of account: String) -> Fault? {
    state.withLock { $0.faults[account]?.last?.fault }
  }

  func report(of number: PhoneNumber.ID) -> HealthReport {
    let (own, waba) = state.withLock { state in
      (state.words[number]?.last?.word, state.wabas[number.account]?.last?.word)
    }
    return .sample(
      number.target ?? "",
      own: .sample("PHONE_NUMBER", number.target, (own ?? .available).rawWord),
      waba: .sample("WABA", "waba-\(number.account)", (waba ?? .available).rawWord)
    )
  }

  func state(of number: PhoneNumber.ID) -> HealthState {
    state.withLock { state in
      min(
        state.words[number]?.last?.word ?? .available,
        state.wabas[number.account]?.last?.word ?? .available
      )
    }
  }

  // MARK: How it was

  /// Whether a number was in a state when that was found out.
  func wasTrue(
    _ to: HealthState,
    after from: HealthState?,
    of number: PhoneNumber.ID,
    at date: Date
  ) -> Bool {
    let window = Self.window / .seconds(1)
    switch to {
    case .unknown, .stale:
      let range = date.addingTimeInterval(-window)...date
      // Before its first answer, a number is unknown whatever fails.
      if to == .unknown, from == nil, had(.unreachable, number.account, within: range) {
        return true
      }
      return had(to == .stale ? .unreachable : .rejected, number.account, within: range)
    default:
      // At the moment of a change, it was both.
      return [-0.001, 0.001].map(date.addingTimeInterval).contains { date in
        state.withLock { state in
          let own = Self.value(state.words[number]?.map { ($0.from, $0.word) }, at: date)
          let waba = Self.value(state.wabas[number.account]?.map { ($0.from, $0.word) }, at: date)
          return min(own ?? .available, waba ?? .available) == to
        }
      }
    }
  }

  func had(_ fault: Fault?, _ account: String, within range: ClosedRange<Date>) -> Bool {
    state.withLock { state in
      let all = state.faults[account] ?? []
      return all.indices.contains { index in
        let end = index + 1 < all.count ? all[index + 1].from.date : .distantFuture
        return all[index].fault == fault && all[index].from.date <= range.upperBound
          && end > range.lowerBound
      }
    }
  }

  private static func value(
    _ values: [(from: Moment, value: HealthState)]?,
    at date: Date
  ) -> HealthState? {
    values?.last { $0.from.date <= date }?.value
  }
}

extension HealthState {
  fileprivate var rawWord: String {
    switch self {
    case .available: "AVAILABLE"
    case .limited: "LIMITED"
    default: "BLOCKED"
    }
  }
}
