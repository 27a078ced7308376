import Configuration
import Glibc

extension ConfigurationExample {
  /// Writes the example to a new file, which is removed again if it could not be written
  /// completely.
  static func write(
    to path: String,
    with write: (String, Int32) -> Output.Outcome = { Output.attempt($0, to: $1) }
  ) throws(CommandFailure) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      Directory.make(String(path[..<slash]))
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw CommandFailure(
        errno == EEXIST ? "\(path) already exists; nothing was written" : "\(path): \(reason)"
      )
    }
    let outcome = write(text, descriptor)
    // Some file systems report a full disk only here.
    let isClosed = close(descriptor) == 0
    let reason = String(cString: strerror(errno))
    if outcome == .written && isClosed { return }
    unlink(path)
    if case .lost(let reason) = outcome { throw CommandFailure("\(path): \(reason)") }
    throw CommandFailure("\(path): \(reason)")
  }
}
