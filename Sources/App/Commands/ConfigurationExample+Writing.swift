import Configuration
import Glibc

extension ConfigurationExample {
  /// Writes it where nothing is yet; what could not be written whole is removed again.
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
        errno == EEXIST ? "\(path) is there already; nothing was written" : "\(path): \(reason)"
      )
    }
    let outcome = write(text, descriptor)
    // Some file systems tell only now that there was no room.
    let isClosed = close(descriptor) == 0
    let reason = String(cString: strerror(errno))
    if outcome == .written && isClosed { return }
    unlink(path)
    if case .lost(let reason) = outcome { throw CommandFailure("\(path): \(reason)") }
    throw CommandFailure("\(path): \(reason)")
  }
}
