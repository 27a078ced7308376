import Foundation
import Testing

/// A file of a test case with what is expected of it beside it, in a file of the same name.
///
/// A missing expectation is recorded and the test fails, so that a recording is always seen.
struct RecordedFile: Sendable, CustomTestStringConvertible {
  let path: String
  let recording: String

  var directory: String { (path as NSString).deletingLastPathComponent }
  var testDescription: String { (path as NSString).lastPathComponent }

  static let folder = (#filePath as NSString).deletingLastPathComponent

  static func cases(in folder: String, withExtension suffix: String) -> [Self] {
    let directory = "\(Self.folder)/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasSuffix(".\(suffix)") }.sorted().map { name in
      Self(
        path: "\(directory)/\(name)",
        recording: "\(directory)/\(name.dropLast(suffix.count))expected"
      )
    }
  }

  /// A recording that belongs to no file.
  static func named(_ name: String) -> Self {
    Self(path: "\(folder)/\(name)", recording: "\(folder)/\(name)")
  }

  func expect(_ text: String) throws {
    let actual = text.hasSuffix("\n") ? text : text + "\n"
    guard FileManager.default.fileExists(atPath: recording) else {
      try actual.write(toFile: recording, atomically: true, encoding: .utf8)
      Issue.record("recorded \(recording): look at it and run again\n\(actual)")
      return
    }
    let expected = try String(contentsOfFile: recording, encoding: .utf8)
    #expect(actual == expected, "differs from \(recording)")
  }
}
