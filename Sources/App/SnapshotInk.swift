import Canvas
import Screens
import Terminal

/// How a snapshot is written: as plain text, or in a theme's colours.
struct SnapshotInk {
  let theme: Theme
  let depth: ColorDepth

  func text(of canvas: Canvas, as format: SnapshotCommand.Format) -> String {
    switch format {
    case .text: Self.joined(canvas.lines)
    case .ansi: Self.joined(AnsiText(styles: styles, depth: depth).lines(of: canvas))
    case .html:
      HtmlText(styles: styles, depth: depth, isDark: theme.file.appearance != .light)
        .page(of: canvas, title: "wabatop")
    }
  }

  private static func joined(_ lines: [String]) -> String {
    lines.joined(separator: "\n") + "\n"
  }

  /// Without colours, attributes replace the theme.
  private var styles: StyleSheet { depth == .mono ? Theme.mono.styles : theme.styles }

  /// The requested number of colours; otherwise the terminal's, 256 for a file or a pipe, and all
  /// for a browser.
  static func depth(
    for format: SnapshotCommand.Format,
    on terminal: TerminalOptions,
    isTerminal: Bool
  ) -> ColorDepth {
    guard terminal.color == .auto, terminal.showsColors else { return terminal.likelyDepth }
    if format == .html { return .truecolor }
    return isTerminal ? terminal.likelyDepth : .indexed256
  }
}
