import CNcurses
import Canvas

/// Turns addresses on the screen into links (OSC 8), for which curses has no attribute.
///
/// After each frame the cells of a new link are written again, with the same characters and
/// colours, between the link's start and end sequences. So curses' record of the screen stays
/// correct.
@MainActor
struct LinkWriter {
  private let text: AnsiText
  /// The links on the terminal's screen.
  private var shown: Set<CanvasLink> = []

  init(_ styleTable: StyleTable, depth: ColorDepth) {
    text = AnsiText(styleTable: styleTable, depth: depth)
  }

  /// Called after the screen was sent again, without links.
  mutating func forgetScreen() { shown = [] }

  /// Writes changed links.
  ///
  /// - Parameters:
  ///   - canvas: What is on the screen.
  ///   - size: The size of the screen; links that do not fit are ignored.
  ///   - changedRows: The rows where curses may have overwritten links.
  mutating func write(_ canvas: Canvas, size: Rect, changedRows: Set<Int>) {
    let fits = { (link: CanvasLink) in
      size.rows.contains(link.row) && link.columns.upperBound <= min(size.width, canvas.width)
    }
    let links = Set(canvas.visibleLinks.filter(fits))
    guard !links.isEmpty || !shown.isEmpty else { return }
    // Unchanged characters of an ended link must be written again without it.
    let ended = shown.subtracting(links).filter(fits)
    let due = links.filter { !shown.contains($0) || changedRows.contains($0.row) }
    shown = links
    var bytes = ""
    for link in ended.sorted(by: Self.order) {
      let cells = canvas.cells(row: link.row)[columns: link.columns]
      // Half of a wide character can't be written.
      guard cells.first?.isContinuation != true else { continue }
      bytes += Self.move(to: link) + text.line(of: cells)
    }
    for link in due.sorted(by: Self.order) {
      bytes += Self.move(to: link) + Self.begin(link) + text.line(of: link.cells) + Self.end
    }
    guard !bytes.isEmpty else { return }
    // Saves and restores position and colours (DECSC, DECRC) for curses.
    let sequence = "\u{1B}7\(bytes)\u{1B}8"
    cn_write(sequence, Int32(sequence.utf8.count))
  }

  private static func order(_ left: CanvasLink, _ right: CanvasLink) -> Bool {
    (left.row, left.column) < (right.row, right.column)
  }

  private static func move(to link: CanvasLink) -> String {
    "\u{1B}[\(link.row + 1);\(link.column + 1)H"
  }

  /// The parts of an address on several lines share an id, so that they are shown as one link.
  private static func begin(_ link: CanvasLink) -> String {
    let name = link.address.utf8.reduce(UInt32(5381)) { $0 &* 33 &+ UInt32($1) }
    return "\u{1B}]8;id=\(name);\(link.address)\u{1B}\\"
  }

  private static let end = "\u{1B}]8;;\u{1B}\\"
}
