import Canvas
import Health

/// A paragraph of a pane that takes as many lines as it is given.
struct PaneBlock {
  var lines: [[Phrase]]
  /// Blocks with a higher weight keep their lines longer.
  let weight: Int
  let least: Int
  /// Whether a cut is marked by an ellipsis.
  let endsInWords: Bool
  /// Whether it must not be cut, such as a link.
  let isWhole: Bool

  init(
    _ lines: [[Phrase]],
    weight: Int,
    least: Int = 0,
    endsInWords: Bool = false,
    isWhole: Bool = false
  ) {
    self.lines = lines
    self.isWhole = isWhole
    self.weight = weight
    self.least = min(least, lines.count)
    self.endsInWords = endsInWords
  }
}

extension [PaneBlock] {
  /// Without the lines that matter least, so that all fit into the height.
  func fitted(_ height: Int, _ marks: Marks) -> [PaneBlock] {
    var blocks = self
    var excess = blocks.reduce(0) { $0 + $1.lines.count } - height
    for keepsLeast in [true, false] {
      for index in blocks.indices.sorted(by: { blocks[$0].weight < blocks[$1].weight }) {
        guard excess > 0 else { return blocks }
        let least = keepsLeast ? blocks[index].least : 0
        let most = Swift.max(blocks[index].lines.count - least, 0)
        let drop = blocks[index].isWhole ? most : Swift.min(excess, most)
        guard drop > 0 else { continue }
        blocks[index].lines.removeLast(drop)
        if let last = blocks[index].lines.indices.last, blocks[index].endsInWords {
          blocks[index].lines[last] = Self.cut(blocks[index].lines[last], marks)
        }
        excess -= drop
      }
    }
    return blocks
  }

  /// Replaces the last word by an ellipsis.
  private static func cut(_ line: [Phrase], _ marks: Marks) -> [Phrase] {
    guard let last = line.last else { return line }
    let words = last.text.split(separator: " ").dropLast().joined(separator: " ")
    return line.dropLast() + [Phrase("\(words) \(marks.ellipsis)", last.role)]
  }
}

extension [Phrase] {
  /// On one line, or broken where they are longer.
  func wrapped(_ width: Int) -> [[Phrase]] {
    guard cells > width else { return [self] }
    var lines: [[Phrase]] = [[]]
    for phrase in self where !phrase.text.isEmpty {
      let used = (lines.last ?? []).cells
      if used + TextWidth.cells(of: phrase.text) <= width {
        lines[lines.count - 1].append(phrase)
      } else {
        let text = phrase.text.trimmingWhitespace()
        lines += TextWrap.lines(text, width: width).map { [Phrase($0, phrase.role)] }
      }
    }
    return lines.filter { !$0.isEmpty }
  }
}

extension DrawContext {
  /// A text of a provider or of ours as the lines of a pane.
  ///
  /// - Parameters:
  ///   - text: Not sanitized.
  ///   - role: Of all of it.
  ///   - width: The cells of a line.
  ///   - link: Where it leads.
  /// - Returns: None for no text.
  func paneLines(
    _ text: String?,
    _ role: Role,
    _ width: Int,
    link: String? = nil
  ) -> [[Phrase]] {
    guard let text else { return [] }
    return TextWrap.lines(masked(text.sanitized), width: width)
      .map { [Phrase($0, role, link: link)] }
  }
}
