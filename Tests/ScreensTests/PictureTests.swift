import Canvas
import Foundation
import Testing

@testable import Screens

/// Writes every recorded screen in the colours of themes, to be looked at in a terminal.
///
///     WABATOP_PICTURES=pictures swift test --filter PictureTests
///     cat pictures/dark/list-80x24.ansi
@Suite(.enabled(if: folder != nil))
struct PictureTests {
  private static let screens: [URL] = {
    let recorded = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens")
    let files = try? FileManager.default.contentsOfDirectory(
      at: recorded,
      includingPropertiesForKeys: nil
    )
    return (files ?? []).filter { $0.pathExtension == "screen" }
  }()

  @Test(arguments: ["dark", "light", "colorblind-dark", "colorblind-light", "mono"])
  func `every recorded screen is written in the colours of a theme`(name: String) throws {
    let theme = try #require(Theme.builtIn(name))
    let ink = AnsiText(styles: theme.styles, depth: name == "mono" ? .mono : .truecolor)
    let folder = URL(filePath: try #require(folder)).appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in Self.screens {
      let screen = RecordedCells(try String(contentsOf: file, encoding: .utf8))
      let text = screen.rows.map { ink.line(of: $0) }.joined(separator: "\n") + "\n"
      let picture = file.deletingPathExtension().lastPathComponent + ".ansi"
      try Data(text.utf8).write(to: folder.appending(path: picture))
    }
    #expect(!Self.screens.isEmpty)
  }
}

private let folder = ProcessInfo.processInfo.environment["WABATOP_PICTURES"]

/// The cells of a recorded screen; of one whose roles were not recorded the text alone.
private struct RecordedCells {
  let rows: [[Cell]]

  private static let roles = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0.letter, $0) })

  init(_ text: String) {
    let parts = text.components(separatedBy: "--- roles\n")
    let lines = parts[0].components(separatedBy: "--- attributes\n")[0].split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let letters = (parts.count > 1 ? parts[1] : "").split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let width = lines.map { TextWidth.cells(of: String($0)) }.max() ?? 0
    rows = lines.dropLast().enumerated().map { row, line in
      Self.cells(String(line), letters.indices.contains(row) ? Array(letters[row]) : [], width)
    }
  }

  private static func cells(_ line: String, _ letters: [Character], _ width: Int) -> [Cell] {
    var canvas = Canvas(width: max(width, 1), height: 1)
    var column = 0
    for character in line {
      let role = letters.indices.contains(column) ? roles[letters[column]] : nil
      // A blank in the cursor's row has the letter of the selection, and the row is no role of its own.
      let text = role == .selection ? .text : role ?? .text
      column += canvas.put(String(character), row: 0, column: column, role: text)
    }
    if letters.contains(Role.selection.letter) {
      canvas.select(row: 0, columns: 0..<letters.count)
    }
    return Array(canvas.cells(row: 0))
  }
}
