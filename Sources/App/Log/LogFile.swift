import Configuration
import Glibc
import Synchronization

/// A log file that is renamed to `….1` when it is large enough.
///
/// Errors never stop the program: on a full disk or without a writable directory, lines are lost.
package final class LogFile: Sendable {
  package static let largestSize = 10 * 1024 * 1024

  private struct State {
    /// -1 while there is no file to write to.
    var descriptor: Int32 = -1
    /// Why there is none.
    var failure: String?
    var size = 0
    /// Terminals and the like are not rotated.
    var isOrdinary = true
  }

  let path: String
  private let largestSize: Int
  private let state = Mutex(State())

  /// Opens the file, and creates its directory if needed.
  package init(path: String, largestSize: Int = LogFile.largestSize) {
    self.path = path
    self.largestSize = largestSize
    Self.makeDirectory(of: path)
    state.withLock { open(&$0) }
  }

  deinit {
    state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } }
  }

  /// Why the file can't be written; nil if it can.
  package var failure: String? { state.withLock { $0.failure } }

  package func append(_ line: String) {
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      if state.isOrdinary, state.size + line.utf8.count > largestSize { rotate(&state) }
      let bytes = Array((line + "\n").utf8)
      // A single write, so that lines of two dashboards with one file don't mix.
      let written = write(state.descriptor, bytes, bytes.count)
      state.size += max(0, written)
    }
  }

  private func rotate(_ state: inout State) {
    rename(path, path + ".1")
    close(state.descriptor)
    open(&state)
  }

  private func open(_ state: inout State) {
    // Non-blocking, so that a pipe without a reader or room does not block.
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    state.descriptor = Glibc.open(path, flags, 0o600)
    state.size = 0
    state.failure = nil
    guard state.descriptor >= 0 else {
      state.failure = FileKind.failureToOpen(path)
      return
    }
    var status = stat()
    fstat(state.descriptor, &status)
    state.isOrdinary = FileKind(status).otherThanFile == nil
    state.size = max(0, Int(status.st_size))
  }

  private static func makeDirectory(of path: String) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    Directory.make(String(path[..<slash]))
  }
}
