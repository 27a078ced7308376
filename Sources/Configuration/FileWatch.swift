import Glibc

/// A file's metadata, which differs for each version of the file.
package struct FileStamp: Hashable, Sendable {
  private let place: [UInt]
  private let size: Int
  /// Since 1970.
  private let modified: Duration

  package init(place: [UInt] = [], size: Int = 0, modified: Duration) {
    self.place = place
    self.size = size
    self.modified = modified
  }

  /// Follows links, because some installations change a file by changing a link; nil if there is no
  /// file.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(
      place: [UInt(status.st_dev), UInt(status.st_ino)],
      size: Int(status.st_size),
      modified: .seconds(status.st_mtim.tv_sec) + .nanoseconds(status.st_mtim.tv_nsec)
    )
  }
}

/// Decides when a change of files is complete.
///
/// Editors write in several steps or replace the file, so a change counts when two checks in a row
/// find the same.
package struct FileWatch: Sendable {
  /// How long to wait before the next check.
  package private(set) var interval = Self.calmInterval
  /// The stamps of the last reported change.
  private var reported: [FileStamp?]
  private var seen: [FileStamp?]

  package static let calmInterval = Duration.seconds(2)
  package static let shortInterval = Duration.milliseconds(500)

  /// - Parameter stamps: The stamps of the files when they were read.
  package init(_ stamps: [FileStamp?]) {
    reported = stamps
    seen = stamps
  }

  /// Checks the files; returns whether a change is complete.
  package mutating func look(at stamps: [FileStamp?]) -> Bool {
    defer {
      seen = stamps
      interval = reported == seen ? Self.calmInterval : Self.shortInterval
    }
    guard stamps != reported, stamps == seen else { return false }
    reported = stamps
    return true
  }
}
