package import Canvas
import Foundation
package import Testing

/// Compares a screen with the file of that name in `Screens` beside the calling test.
///
/// The file holds the characters, a line `--- roles`, and the same lines with a letter per role; with
/// styles a line `--- attributes`, and a letter for what a terminal without colours draws. A missing file is recorded and the test fails, so that a recording is always looked at; on a
/// mismatch the actual screen is attached and shown.
package func expectScreen(
  _ canvas: Canvas,
  _ name: String,
  attributesOf styles: StyleSheet? = nil,
  callerPath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = URL(filePath: callerPath)
    .deletingLastPathComponent()
    .appending(path: "Screens/\(name).screen")
  let actual = styles.map { attributeText(of: canvas, $0) } ?? screenText(of: canvas)
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

/// The characters of a screen, then a letter for how each is drawn, colours aside.
private func attributeText(of canvas: Canvas, _ styles: StyleSheet) -> String {
  let attributes = canvas.size.rows.map { row in
    String(canvas.cells(row: row).map { letter(of: $0, styles) }).trimmingSuffix(" ")
  }
  return (canvas.lines + ["--- attributes"] + attributes).joined(separator: "\n") + "\n"
}

/// Bold, dim, underline or reverse; a capital where it is reversed, too.
private func letter(of cell: Cell, _ styles: StyleSheet) -> Character {
  var attributes = styles[cell.role].attributes
  if cell.isSelected { attributes.formUnion(styles[.selection].attributes) }
  let isReverse = attributes.contains(.reverse)
  if cell.glyph == .space, !isReverse { return " " }
  let letters: [(Attributes, Character, Character)] = [
    (.underline, "u", "U"), (.bold, "b", "B"), (.dim, "d", "D"),
  ]
  let letter = letters.first { attributes.contains($0.0) }
  return isReverse ? letter?.2 ?? "R" : letter?.1 ?? "."
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return String(text)
  }
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
