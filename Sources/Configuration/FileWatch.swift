import Glibc

/// What the system says of a file without its being read: another version of it has another stamp.
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

  /// Of what links lead to, since some installations change a file by changing a link; nil where
  /// there is no file.
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

/// Decides when files have changed for good.
///
/// Editors write in pieces, or move the old file away and a new one in: a change counts when two
/// looks in a row find the same.
package struct FileWatch: Sendable {
  /// How long to wait for the next look.
  package private(set) var interval = Self.calmInterval
  /// What was acted upon last.
  private var settled: [FileStamp?]
  private var seen: [FileStamp?]

  package static let calmInterval = Duration.seconds(2)
  package static let shortInterval = Duration.milliseconds(500)

  /// - Parameter stamps: Of the files as they were when they were read.
  package init(_ stamps: [FileStamp?]) {
    settled = stamps
    seen = stamps
  }

  /// Takes a look; returns whether something has changed and holds still.
  package mutating func look(at stamps: [FileStamp?]) -> Bool {
    defer {
      seen = stamps
      interval = settled == seen ? Self.calmInterval : Self.shortInterval
    }
    guard stamps != settled, stamps == seen else { return false }
    settled = stamps
    return true
  }
}
