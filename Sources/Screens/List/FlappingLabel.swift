import Canvas
import Monitor

/// The words for a flapping number, beside its cause where there is room for both.
struct FlappingLabel {
  let percent: Int

  private static let leastCause = 20

  init?(_ record: NumberRecord) {
    guard let percent = record.flappingPercent else { return nil }
    self.percent = percent
  }

  var text: String { "flapping \(percent)%" }

  /// - Parameters:
  ///   - cause: The cause for a width; empty for an available number.
  ///   - width: The room for both.
  ///   - separator: What stands between them.
  /// - Returns: What fits.
  func text(after cause: (Int) -> String, width: Int, _ separator: String) -> String {
    let ending = separator + text
    let room = width - TextWidth.cells(of: ending)
    let whole = cause(width)
    if whole.isEmpty { return text }
    guard room >= Self.leastCause else { return whole }
    return TextWidth.cut(cause(room), to: room) + ending
  }
}
