package import Canvas
import Foundation
package import Testing

/// Compares a screen with the file of that name in `Screens` beside the calling test.
///
/// The file holds the characters, a line `--- roles`, and the same lines with a letter per role. A
/// missing file is recorded and the test fails, so that a recording is always looked at; on a
/// mismatch the actual screen is attached and shown.
package func expectScreen(
  _ canvas: Canvas,
  _ name: String,
  callerPath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = URL(filePath: callerPath)
    .deletingLastPathComponent()
    .appending(path: "Screens/\(name).screen")
  let actual = screenText(of: canvas)
  guard let data = try? Data(contentsOf: file) else {
    record(actual, in: file, sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: data, as: UTF8.self)
  guard actual != expected else { return }
  Attachment.record(actual, named: "\(name).screen", sourceLocation: sourceLocation)
  Issue.record(
    "\(name) differs:\n\(difference(from: expected, to: actual))\n\(actual)",
    sourceLocation: sourceLocation
  )
}

/// The characters of a screen, then a letter for each one's role.
package func screenText(of canvas: Canvas) -> String {
  (canvas.lines + ["--- roles"] + canvas.roles).joined(separator: "\n") + "\n"
}

private func record(_ screen: String, in file: URL, sourceLocation: SourceLocation) {
  do {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(screen.utf8).write(to: file)
    Issue.record(
      "recorded \(file.lastPathComponent), look at it:\n\(screen)",
      sourceLocation: sourceLocation
    )
  } catch {
    Issue.record("cannot record \(file.path): \(error)", sourceLocation: sourceLocation)
  }
}

private func difference(from expected: String, to actual: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  return (0..<max(old.count, new.count))
    .filter { $0 >= old.count || $0 >= new.count || old[$0] != new[$0] }
    .prefix(5)
    .map { line in
      let was = line < old.count ? old[line] : "(nothing)"
      let `is` = line < new.count ? new[line] : "(nothing)"
      return "line \(line + 1)\n- \(was)\n+ \(`is`)"
    }
    .joined(separator: "\n")
}
