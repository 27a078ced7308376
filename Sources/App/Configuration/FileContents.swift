import Foundation
import Glibc

/// A small file read whole, with who else may read it.
struct FileContents {
  let bytes: [UInt8]
  /// The permission bits, such as `0o644`.
  let permissions: Int

  var isReadableByOthers: Bool { permissions & 0o044 != 0 }

  /// The system's words for what went wrong, such as "No such file or directory".
  struct Failure: Error {
    let number: Int32
    let text: String

    init(_ number: Int32) {
      self.number = number
      text = String(cString: strerror(number))
    }
  }

  /// Follows links and reads pipes too; a file of more than `limit` bytes is refused.
  static func read(_ path: String, limit: Int = 1 << 20) throws(Failure) -> Self {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Failure(errno)
      }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { throw Failure(EFBIG) }
    }
    return Self(bytes: bytes, permissions: permissions(of: path))
  }

  /// Of what links lead to; none where the system does not say, as for some pipes.
  private static func permissions(of path: String) -> Int {
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    return attributes?[.posixPermissions] as? Int ?? 0
  }
}

extension FileContents.Failure {
  var isMissingFile: Bool { number == ENOENT || number == ENOTDIR }
}

extension FileContents {
  /// Whether there is anything of that name that may be read.
  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }
}
