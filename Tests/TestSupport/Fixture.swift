import Foundation

/// A recorded answer of `Sources/Simulator/Fixtures`, which the simulator serves and the tests decode.
package enum Fixture {
  /// The bytes of `kapso-healthy.json`, found by name in whichever provider's folder it is.
  ///
  /// - Throws: `Missing` where no folder has it.
  package static func bytes(_ name: String) throws -> [UInt8] {
    guard let file = files[name] else { throw Missing(name: name) }
    return Array(try Data(contentsOf: file))
  }

  /// The names of all fixtures.
  package static var names: [String] { files.keys.sorted() }

  package struct Missing: Error, CustomStringConvertible {
    let name: String

    package var description: String { "no fixture \(name) in \(Fixture.folder.path)" }
  }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Simulator/Fixtures")

  /// File names are unique over the folders, since embedding drops the folder.
  private static let files: [String: URL] = {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let urls = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json" }
    return Dictionary(urls.map { ($0.lastPathComponent, $0) }) { first, _ in first }
  }()
}
