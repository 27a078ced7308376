import Foundation
import Testing

@testable import Simulator

struct RecordingsTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Simulator/Fixtures")

  private static var files: [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }
      .filter { !$0.lastPathComponent.hasPrefix(".") }
  }

  @Test func `every file of the folder is embedded under its own name, byte for byte`() throws {
    #expect(Recordings.names == Self.files.map(\.lastPathComponent).sorted())
    for file in Self.files {
      let bytes = try #require(Recordings.bytes(named: file.lastPathComponent))
      #expect(bytes == Array(try Data(contentsOf: file)), "\(file.lastPathComponent)")
    }
  }

  @Test func `the reference scenario replays only recordings that are there`() {
    let files = Scenario.reference().accounts.flatMap(\.numbers).compactMap(\.answer?.file)

    #expect(!files.isEmpty)
    #expect(files.allSatisfy { Recordings.bytes(named: $0) != nil })
  }
}
