package import Health
package import Monitor

package import struct FoundationEssentials.Date

/// The result of one sweep: the numbers in the order of the configuration, and their overall
/// severity.
package struct CheckReport: Sendable {
  package let generatedAt: Date
  package let numbers: [CheckedNumber]
  /// Has the names of entities.
  let fleet: Fleet

  /// - Parameters:
  ///   - fleet: The result of the sweep.
  ///   - filter: Numbers that don't pass are ignored.
  ///   - moment: When the sweep ended.
  package init(of fleet: Fleet, filter: Filter = Filter(), at moment: Moment) {
    generatedAt = moment.date
    self.fleet = fleet
    numbers = Self.inOrderOfAccounts(fleet)
      .filter { filter.isEmpty || filter.passes(fleet.records[$0], in: fleet, at: moment) }
      .map { CheckedNumber(fleet.records[$0]) }
  }

  /// The places of all records in the order of the accounts; the fleet has them in the order of the
  /// answers.
  private static func inOrderOfAccounts(_ fleet: Fleet) -> [Int] {
    let places = Dictionary(
      zip(fleet.accounts.map(\.account.name), fleet.accounts.indices),
      uniquingKeysWith: min
    )
    return Self.sorted(fleet.records) { places[$0.number.account, default: places.count] }
  }

  /// A stable sort of places by a small rank.
  private static func sorted<Element>(
    _ elements: some Collection<Element>,
    by rank: (Element) -> Int
  ) -> [Int] {
    elements.enumerated().map { (rank: rank($1), place: $0) }
      .sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
      .map(\.place)
  }

  package func count(_ severity: Severity) -> Int {
    numbers.count { $0.severity == severity }
  }

  func count(_ verdict: Verdict.Word) -> Int {
    numbers.count { $0.verdict.word == verdict }
  }

  /// The worst of all numbers; unknown if there is none.
  package var severity: Severity { numbers.lazy.map(\.severity).max() ?? .unknown }

  /// One line for each account whose numbers could not be listed completely.
  ///
  /// Not sanitized.
  package var accountTroubles: [String] {
    numbers.filter { $0.number.target == nil }
      .compactMap { number in
        number.poll.message.map { "account \(number.number.account): \($0)" }
      }
  }

  /// The places of the numbers, worst first, then in the order of the configuration.
  var worstFirst: [Int] {
    let states = HealthState.allCases.count
    return Self.sorted(numbers) { number in
      -number.severity.rawValue * states + Int(number.assessment.state.rawValue)
    }
  }
}
