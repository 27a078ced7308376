import CLinux
import Glibc

/// What kind of file system a directory is on.
enum FileSystem {
  /// Those that other machines share, by the number that statfs gives: there WAL's shared memory is
  /// none, and two machines would break the file.
  private static let network: [Int: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFE53_4D42: "SMB", 0xFF53_4D42: "CIFS", 0x5346_414F: "AFS",
    0x6B41_4653: "AFS", 0x7375_7245: "Coda", 0x564C: "NCP", 0x0102_1997: "9P",
    0x00C3_6400: "Ceph", 0x0BD0_0BD0: "Lustre", 0x4750_4653: "GPFS", 0x0116_1970: "GFS2",
    0x7461_636F: "OCFS2", 0x4752_4542: "BeeGFS", 0x786F_4256: "VirtualBox shared folder",
  ]

  /// The name of the network file system that a directory is on; nil where it is a local one.
  static func networkType(of directory: String) -> String? {
    var facts = statfs()
    guard statfs(directory, &facts) == 0 else { return nil }
    return networkType(number: Int(facts.f_type))
  }

  /// How many bytes there are left for us where a directory is; nil where that can't be told.
  static func room(in directory: String) -> Int? {
    var facts = statvfs()
    guard statvfs(directory, &facts) == 0 else { return nil }
    let (bytes, isTooMany) = facts.f_bavail.multipliedReportingOverflow(by: facts.f_frsize)
    return isTooMany ? .max : Int(clamping: bytes)
  }

  static func networkType(number: Int) -> String? {
    network[number & 0xFFFF_FFFF]
  }
}
