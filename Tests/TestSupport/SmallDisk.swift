import Foundation
import Glibc

/// A file system of a few mebibytes, to be filled; only root may make one.
package final class SmallDisk: Sendable {
  /// Whether one can be made here, which not even root may do in every container.
  package static let isPossible = (try? SmallDisk(mebibytes: 1)) != nil

  private let folder: TemporaryFolder
  package var path: String { folder.path }
  private var filler: String { path + "/filler" }

  package init(mebibytes: Int) throws {
    folder = try TemporaryFolder()
    guard
      Self.run("mount", "-t", "tmpfs", "-o", "size=\(mebibytes)m", "wabatop-tests", folder.path)
    else { throw POSIXError(.EPERM) }
  }

  deinit { _ = Self.run("umount", "--lazy", folder.path) }

  /// Leaves no room at all.
  package func fill() {
    let descriptor = open(filler, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    var size = 1 << 16
    let bytes = [UInt8](repeating: 1, count: size)
    while size > 0 { if write(descriptor, bytes, size) <= 0 { size /= 2 } }
  }

  /// Gives back what was filled.
  package func makeRoom() { unlink(filler) }

  private static func run(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
