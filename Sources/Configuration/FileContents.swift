package import Glibc

/// A file's contents and permissions.
package struct FileContents {
  package let bytes: [UInt8]
  /// The permission bits, such as `0o644`.
  package let permissions: Int

  /// Without a byte order mark; nil if it is not UTF-8.
  package var text: String? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let rest = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    return String(validating: rest, as: UTF8.self)
  }

  package var isReadableByOthers: Bool { permissions & 0o044 != 0 }

  package struct Failure: Error {
    /// What is wrong, such as "No such file or directory" or "is a directory, not a file".
    package let text: String
    let isMissingFile: Bool

    init(_ text: String) {
      self.text = text
      isMissingFile = false
    }

    /// Uses the system's message if there is no better one.
    init(_ number: Int32, _ words: String? = nil) {
      text = words ?? String(cString: strerror(number))
      isMissingFile = number == ENOENT || number == ENOTDIR
    }
  }

  /// Follows links; a file of more than `limit` bytes is refused.
  ///
  /// It never waits for a writer that may not come: a pipe is read only if the shell made it, as in
  /// `--config <(sops -d config.yaml)`.
  package static func read(_ path: String, limit: Int = 1 << 20) throws(Failure) -> Self {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Failure(errno, FileKind.failureToOpen(path)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(errno) }
    let isPipeOfShell = status.st_mode & S_IFMT == S_IFIFO && path.hasPrefix("/dev/")
    if isPipeOfShell {
      _ = fcntl(descriptor, F_SETFL, 0)
    } else if let kind = FileKind(status).otherThanFile {
      throw Failure("is \(kind), not a file")
    }
    return Self(
      bytes: try bytes(of: descriptor, limit: limit, expected: Int(status.st_size)),
      permissions: isPipeOfShell ? 0 : Int(status.st_mode & 0o777)
    )
  }

  private static func bytes(
    of descriptor: Int32,
    limit: Int,
    expected: Int
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(expected, limit))
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Failure(errno)
      }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        let size = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
        throw Failure("is larger than \(size), the most that is read")
      }
    }
  }
}

extension FileContents {
  /// Whether the path exists and is readable.
  package static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// Whether a file can be run as a program.
  static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}

/// The kind of file at a path.
package struct FileKind {
  /// Nil for an ordinary file.
  package let otherThanFile: String?

  package init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: otherThanFile = nil
    case S_IFDIR: otherThanFile = "a directory"
    case S_IFIFO: otherThanFile = "a pipe"
    case S_IFSOCK: otherThanFile = "a socket"
    default: otherThanFile = "a device"
    }
  }

  /// Why `open` failed, because the system's messages for pipes and sockets are unclear.
  package static func failureToOpen(_ path: String) -> String {
    let number = errno
    var status = stat()
    guard number == ENXIO, stat(path, &status) == 0, let kind = Self(status).otherThanFile else {
      return String(cString: strerror(number))
    }
    return "is \(kind), not a file"
  }
}
