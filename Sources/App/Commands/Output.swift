import Glibc

/// The process's own stdout and stderr.
enum Output {
  /// As it is, to the last byte; false when nobody reads it.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  static func error(_ text: String) {
    write(text + "\n", to: STDERR_FILENO)
  }
}
