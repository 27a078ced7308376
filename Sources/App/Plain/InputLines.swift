import Glibc

/// Lines of standard input, as a stream.
enum InputLines {
  /// The stream ends at the end of the input.
  ///
  /// A separate thread reads, because reading blocks; it ends with the process. In the background
  /// it does not read from the terminal, because that would stop the program.
  static func stream(of descriptor: Int32 = STDIN_FILENO) -> AsyncStream<String> {
    let (stream, source) = AsyncStream.makeStream(of: String.self)
    startThread(Reader(descriptor: descriptor, lines: source))
    return stream
  }

  private static func startThread(_ reader: Reader) {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(reader)
    let result = pthread_create(
      &thread,
      nil,
      { context in
        if let context { Unmanaged<Reader>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      },
      context.toOpaque()
    )
    guard result == 0 else {
      context.release()
      return reader.lines.finish()
    }
    pthread_detach(thread)
  }

  private final class Reader: Sendable {
    let descriptor: Int32
    let lines: AsyncStream<String>.Continuation

    init(descriptor: Int32, lines: AsyncStream<String>.Continuation) {
      self.descriptor = descriptor
      self.lines = lines
    }

    func run() {
      var line: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        guard !isInBackground(descriptor) else {
          sleep(1)
          continue
        }
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        for byte in buffer[..<count] {
          if byte == UInt8(ascii: "\n") {
            lines.yield(String(decoding: line, as: UTF8.self))
            line = []
          } else if line.count < longest {
            line.append(byte)
          }
        }
      }
      if !line.isEmpty { lines.yield(String(decoding: line, as: UTF8.self)) }
      lines.finish()
    }
  }

  /// Longer than any command; the rest of a line is dropped.
  private static let longest = 4096

  private static func isInBackground(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && tcgetpgrp(descriptor) != getpgrp()
  }
}
