import Configuration
import Glibc

/// The process's own stdout and stderr.
enum Output {
  enum Outcome: Equatable {
    case written
    /// The reader is gone.
    case unread
    /// The system's message, for example about a full disk.
    case lost(String)
  }

  /// Writes all bytes; false if some could not be written.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) -> Bool {
    attempt(text, to: descriptor) == .written
  }

  /// Writes a command's result, and throws if it could not be written completely.
  ///
  /// It is no failure if the reader stops early, as `head` does.
  static func deliver(_ text: String, to descriptor: Int32 = STDOUT_FILENO) throws(CommandFailure) {
    guard case .lost(let reason) = attempt(text, to: descriptor) else { return }
    throw CommandFailure("the output could not be written: \(reason)")
  }

  static func attempt(_ text: String, to descriptor: Int32 = STDOUT_FILENO) -> Outcome {
    var text = text
    return text.withUTF8 { attempt(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  private static func attempt(
    _ bytes: UnsafeRawBufferPointer,
    to descriptor: Int32
  ) -> Outcome {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = UnsafeRawBufferPointer(rebasing: rest).withMemoryRebound(to: UInt8.self) {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Another process may have made it non-blocking.
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&room, 1, 1000)
      case EPIPE, EIO: return .unread
      default: return .lost(String(cString: strerror(errno)))
      }
    }
    return .written
  }

  /// The width of stdout's terminal; nil for a file or a pipe, where nothing has to be cut.
  static func width(in environment: ProcessEnvironment) -> Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return environment.value("COLUMNS").flatMap { Int($0) } ?? 80
  }

  static func error(_ text: String) {
    write(text + "\n", to: STDERR_FILENO)
  }
}
