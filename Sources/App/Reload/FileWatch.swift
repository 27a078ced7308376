import Foundation

/// What the system says of a file without its being read: another version of it has another stamp.
struct FileStamp: Hashable, Sendable {
  private let place: [Int]
  private let size: Int
  private let modified: Date

  init(place: [Int] = [], size: Int = 0, modified: Date) {
    self.place = place
    self.size = size
    self.modified = modified
  }

  /// Of what links lead to, since some installations change a file by changing a link; nil where
  /// there is no file.
  init?(of path: String) {
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
      let modified = attributes[.modificationDate] as? Date
    else { return nil }
    let numbers = [FileAttributeKey.systemNumber, .systemFileNumber].map { attributes[$0] as? Int }
    self.init(
      place: numbers.compactMap(\.self),
      size: attributes[.size] as? Int ?? 0,
      modified: modified
    )
  }
}

/// Decides when files have changed for good.
///
/// Editors write in pieces, or move the old file away and a new one in: a change counts when two
/// looks in a row find the same.
struct FileWatch: Sendable {
  /// How long to wait for the next look.
  private(set) var interval = Self.calmInterval
  /// What was acted upon last.
  private var settled: [FileStamp?]
  private var seen: [FileStamp?]

  static let calmInterval = Duration.seconds(2)
  static let shortInterval = Duration.milliseconds(500)

  /// - Parameter stamps: Of the files as they were when they were read.
  init(_ stamps: [FileStamp?]) {
    settled = stamps
    seen = stamps
  }

  /// Takes a look; returns whether something has changed and holds still.
  mutating func look(at stamps: [FileStamp?]) -> Bool {
    defer {
      seen = stamps
      interval = settled == seen ? Self.calmInterval : Self.shortInterval
    }
    guard stamps != settled, stamps == seen else { return false }
    settled = stamps
    return true
  }
}
