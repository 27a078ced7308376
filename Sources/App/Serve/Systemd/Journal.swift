import Configuration
import Glibc
import Screens

/// Whether stderr goes to systemd's journal, which reads how severe a line is from its beginning.
struct Journal: Sendable {
  let isOnErrorOutput: Bool

  init(_ environment: ProcessEnvironment, descriptor: Int32 = STDERR_FILENO) {
    // A process further down may have inherited the variable, and its stderr may go elsewhere.
    var status = stat()
    guard let stream = environment.value("JOURNAL_STREAM"), fstat(descriptor, &status) == 0 else {
      isOnErrorOutput = false
      return
    }
    isOnErrorOutput = stream == "\(status.st_dev):\(status.st_ino)"
  }

  /// What stands before a line: the levels of `syslog(3)`.
  func prefix(of kind: Message.Kind) -> String {
    guard isOnErrorOutput else { return "wabatop serve: " }
    return switch kind {
    case .error: "<3>"
    case .notice: "<5>"
    case .hint: "<6>"
    }
  }
}
