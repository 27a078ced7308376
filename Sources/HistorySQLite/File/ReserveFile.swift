import Glibc

/// A file whose room was taken when it was made, for lines of text: one process has it at a time.
///
/// The rest of it is zeros. A line that has no end, since its writer was killed meanwhile, does not count.
struct ReserveFile {
  /// In bytes.
  static let size = 1 << 19

  let path: String
  private let descriptor: Int32
  private(set) var lines: [String]
  /// Where the next line begins.
  private var end: Int
  private let size: Int

  /// Opens a file that no other process has; nil where there is none.
  init?(opening path: String) {
    self.init(path, open(path, O_RDWR | O_CLOEXEC))
  }

  /// Makes a file with all its room; nil where it is there, or there is no room.
  init?(making path: String) {
    self.init(path, open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
    guard size == Self.size else {
      unlink(path)
      close()
      return nil
    }
  }

  private init?(_ path: String, _ descriptor: Int32) {
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(descriptor)
      return nil
    }
    (self.path, self.descriptor) = (path, descriptor)
    let bytes = Self.read(descriptor)
    let text = bytes.prefix { $0 != 0 }
    end = text.lastIndex(of: Self.newline).map { $0 + 1 } ?? 0
    lines = text[..<end].split(separator: Self.newline).map { String(decoding: $0, as: UTF8.self) }
    // What its maker had no time for, and what is left of a line without an end.
    let isClean = bytes.count == Self.size && bytes[end...].allSatisfy { $0 == 0 }
    let zeros = [UInt8](repeating: 0, count: Self.size - end)
    size = isClean || Self.write(zeros, to: descriptor, at: end) ? Self.size : bytes.count
  }

  func close() { Glibc.close(descriptor) }

  /// Returns whether there was room.
  mutating func add(_ line: String) -> Bool {
    let bytes = Array(line.utf8) + [Self.newline]
    guard end + bytes.count <= size, Self.write(bytes, to: descriptor, at: end) else {
      return false
    }
    end += bytes.count
    lines.append(line)
    return true
  }

  mutating func clear() {
    guard end > 0 else { return }
    // From the start, so that nothing counts any more as soon as anything is gone.
    _ = Self.write([UInt8](repeating: 0, count: end), to: descriptor, at: 0)
    (end, lines) = (0, [])
  }

  private static let newline = UInt8(ascii: "\n")

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    var count = 0
    while count < size {
      let more = bytes.withUnsafeMutableBytes { buffer in
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
        return pread(descriptor, rest.baseAddress, rest.count, off_t(count))
      }
      guard more > 0 else { break }
      count += more
    }
    return Array(bytes.prefix(count))
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, at place: Int) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let rest = bytes[done...]
        let count = pwrite(
          descriptor,
          UnsafeRawBufferPointer(rebasing: rest).baseAddress,
          rest.count,
          off_t(place + done)
        )
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }
}
