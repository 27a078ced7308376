import Foundation
import Testing

/// A file of a test case with what is expected of it beside it, in a file of the same name.
///
/// A missing expectation is recorded and the test fails, so that a recording is always seen.
package struct RecordedFile: Sendable, CustomTestStringConvertible {
  package let path: String
  package let recording: String

  package var directory: String { (path as NSString).deletingLastPathComponent }
  package var testDescription: String { (path as NSString).lastPathComponent }

  /// The files of a folder beside the test's own file.
  package static func cases(
    in folder: String,
    withExtension suffix: String,
    of test: String = #filePath
  ) -> [Self] {
    let directory = "\(self.directory(of: test))/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasSuffix(".\(suffix)") }.sorted().map { name in
      Self(
        path: "\(directory)/\(name)",
        recording: "\(directory)/\(name.dropLast(suffix.count))expected"
      )
    }
  }

  /// A recording that belongs to no file, by its path from the folder of the test's own file.
  package static func named(_ name: String, of test: String = #filePath) -> Self {
    let path = "\(directory(of: test))/\(name)"
    return Self(path: path, recording: path)
  }

  private static func directory(of test: String) -> String {
    (test as NSString).deletingLastPathComponent
  }

  package func expect(_ text: String) throws {
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
