import Canvas
import Monitor

/// Where the parts of the tiles are, from the top down.
struct TilesPlacement {
  enum Part: Hashable, Sendable, CaseIterable {
    case causes
    case critical
    case limited
    case atRisk
    case marks
    case changes

    /// The kind of its tiles; nil if it has none.
    var kind: TileSection.Kind? {
      switch self {
      case .critical: .critical
      case .limited: .limited
      case .atRisk: .atRisk
      case .causes, .marks, .changes: nil
      }
    }
  }

  struct Section {
    let part: Part
    let heading: Rect?
    let body: Rect
  }

  private(set) var topLine: Rect?
  private(set) var failures: Rect
  private(set) var figures: Rect?
  private(set) var calm: Rect?
  private(set) var sections: [Section] = []
  /// The remaining area.
  private(set) var rest: Rect

  init(_ layout: TilesLayout, failures lines: Int, in bounds: Rect) {
    rest = bounds
    failures = bounds.splitTop(0).top
    if layout.hasTopLine { topLine = take(1) }
    failures = take(lines)
    if layout.hasFigures {
      _ = take(1)
      figures = Self.inset(take(BigText.height), by: Self.figuresMargin)
      _ = take(1)
    }
    if layout.calmLines > 0 { calm = take(layout.calmLines) }
    var needsGap = layout.calmLines > 0 || !layout.hasFigures
    for part in Part.allCases where layout.lines(of: part) > 0 {
      if layout.hasGaps, needsGap { _ = take(1) }
      needsGap = true
      let heading = layout.hasHeadings ? take(1) : nil
      let body = Self.inset(take(layout.lines(of: part)), by: layout.margin)
      sections.append(Section(part: part, heading: heading, body: body))
    }
  }

  static let figuresMargin = 4

  private mutating func take(_ rows: Int) -> Rect {
    let (top, below) = rest.splitTop(rows)
    rest = below
    return top
  }

  private static func inset(_ rect: Rect, by margin: Int) -> Rect {
    Rect(
      row: rect.row,
      column: rect.column + margin,
      width: rect.width - 2 * margin,
      height: rect.height
    )
  }
}

extension TilesLayout {
  fileprivate func lines(of part: TilesPlacement.Part) -> Int {
    switch part {
    case .causes: causeLines
    case .critical, .limited, .atRisk: part.kind.map { tiles(of: $0).lines } ?? 0
    case .marks: markLines
    case .changes: changeLines
    }
  }
}
