import CNcurses
import Canvas

/// Makes addresses on the screen links (OSC 8), which curses has no attribute for.
///
/// After each frame the cells of a new link are written once more, with the same characters and colours,
/// between the link's beginning and its end. What curses believes to be on the screen stays true.
@MainActor
struct LinkWriter {
  private let text: AnsiText
  /// Those that are on the terminal's screen.
  private var shown: Set<CanvasLink> = []

  init(_ styleTable: StyleTable, depth: ColorDepth) {
    text = AnsiText(styleTable: styleTable, depth: depth)
  }

  /// The screen was sent anew, without links.
  mutating func forgetScreen() { shown = [] }

  /// Writes what has changed.
  ///
  /// - Parameters:
  ///   - canvas: What is on the screen.
  ///   - size: Of the screen; a link that does not fit is none.
  ///   - changedRows: Where curses may have written over links.
  mutating func write(_ canvas: Canvas, size: Rect, changedRows: Set<Int>) {
    let fits = { (link: CanvasLink) in
      size.rows.contains(link.row) && link.columns.upperBound <= min(size.width, canvas.width)
    }
    let links = Set(canvas.visibleLinks.filter(fits))
    guard !links.isEmpty || !shown.isEmpty else { return }
    // Characters that have stayed where a link was are a link still, until they are written without.
    let ended = shown.subtracting(links).filter(fits)
    let due = links.filter { !shown.contains($0) || changedRows.contains($0.row) }
    shown = links
    var bytes = ""
    for link in ended.sorted(by: Self.order) {
      let cells = canvas.cells(row: link.row)[columns: link.columns]
      // Half of a wide character can't be written: curses has written all of it.
      guard cells.first?.isContinuation != true else { continue }
      bytes += Self.move(to: link) + text.line(of: cells)
    }
    for link in due.sorted(by: Self.order) {
      bytes += Self.move(to: link) + Self.begin(link) + text.line(of: link.cells) + Self.end
    }
    guard !bytes.isEmpty else { return }
    // Position and colours as they were (DECSC, DECRC): curses goes on from there.
    let sequence = "\u{1B}7\(bytes)\u{1B}8"
    cn_write(sequence, Int32(sequence.utf8.count))
  }

  private static func order(_ left: CanvasLink, _ right: CanvasLink) -> Bool {
    (left.row, left.column) < (right.row, right.column)
  }

  private static func move(to link: CanvasLink) -> String {
    "\u{1B}[\(link.row + 1);\(link.column + 1)H"
  }

  /// The pieces of an address that was broken into lines have one name, and are shown as one link.
  private static func begin(_ link: CanvasLink) -> String {
    let name = link.address.utf8.reduce(UInt32(5381)) { $0 &* 33 &+ UInt32($1) }
    return "\u{1B}]8;id=\(name);\(link.address)\u{1B}\\"
  }

  private static let end = "\u{1B}]8;;\u{1B}\\"
}
