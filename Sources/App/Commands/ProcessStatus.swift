import Health
package import Reports

/// The exit statuses of the program: those of monitoring plugins.
package enum ProcessStatus: Int32, Sendable {
  case ok = 0
  case warning = 1
  case critical = 2
  /// Nothing worse than unknown, no number at all, or it could not run.
  case unknown = 3
}

extension ProcessStatus: Error {}

extension CheckReport {
  package var exitStatus: ProcessStatus {
    switch severity {
    case .ok: .ok
    case .warning: .warning
    case .critical: .critical
    case .unknown: .unknown
    }
  }
}
