package import Dashboard
package import Health

package import struct Foundation.Date

/// What one sweep found: the numbers in the order of the configuration, and what they amount to.
package struct CheckReport: Sendable {
  package let generatedAt: Date
  package let numbers: [CheckedNumber]

  /// - Parameters:
  ///   - fleet: What the sweep brought.
  ///   - filter: Numbers that don't pass are left out, and don't count.
  ///   - moment: When the sweep ended.
  package init(of fleet: Fleet, filter: Filter = Filter(), at moment: Moment) {
    generatedAt = moment.date
    let places = Dictionary(
      zip(fleet.accounts.map(\.account.name), fleet.accounts.indices),
      uniquingKeysWith: min
    )
    // The fleet keeps its numbers in the order in which their accounts answered.
    numbers = fleet.records
      .filter { filter.passes($0, in: fleet, at: moment) }
      .stablySorted { left, right in
        places[left.number.account, default: .max] < places[right.number.account, default: .max]
      }
      .map { CheckedNumber($0, in: fleet) }
  }

  package func count(_ severity: Severity) -> Int {
    numbers.count { $0.severity == severity }
  }

  func count(_ verdict: Verdict.Word) -> Int {
    numbers.count { $0.verdict.word == verdict }
  }

  /// The worst of all numbers; unknown where there is none.
  package var severity: Severity { numbers.map(\.severity).max() ?? .unknown }

  package var exitStatus: ProcessStatus {
    switch severity {
    case .ok: .ok
    case .warning: .warning
    case .critical: .critical
    case .unknown: .unknown
    }
  }

  /// Worst first; numbers that are equally bad stay in the order of the configuration.
  var worstFirst: [CheckedNumber] {
    numbers.stablySorted { left, right in
      (right.severity, left.assessment.state) < (left.severity, right.assessment.state)
    }
  }
}

/// The exit statuses of the program: those of monitoring plugins.
package enum ProcessStatus: Int32, Sendable {
  case ok = 0
  case warning = 1
  case critical = 2
  /// Nothing worse than unknown, no number at all, or it could not run.
  case unknown = 3
}
