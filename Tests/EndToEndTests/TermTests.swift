import TestSupport
import Testing

/// The dashboard under every name that a terminal gives itself.
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Tmux.isInstalled, "needs tmux"),
  .timeLimit(.minutes(5))
)
struct TermTests {
  /// Names that ncurses has an entry for on every system.
  @Test(arguments: [
    "xterm", "xterm-256color", "xterm-color", "xterm-mono", "screen", "screen-256color", "tmux",
    "tmux-256color", "linux", "vt100", "vt102", "vt220", "rxvt", "rxvt-unicode-256color",
    "Eterm", "xterm-r6", "ansi", "cygwin",
  ])
  func `a terminal that is known is drawn on`(term: String) async throws {
    let screen = try await painted(term)
    #expect(!screen.contains { $0.contains("unknown terminal") })
  }

  /// Names that not every system, or none, has an entry for.
  @Test(arguments: [
    "xterm-kitty", "xterm-ghostty", "ghostty", "foot", "wezterm", "alacritty", "contour", "rio",
    "konsole-256color", "vte-256color", "st-256color", "screen.linux-x", "tmux-x",
    "nobody-knows-it",
  ])
  func `a terminal that is not known is drawn on as one like it`(term: String) async throws {
    let screen = try await painted(term)
    guard term == "nobody-knows-it" || term == "tmux-x" else { return }
    #expect(screen.contains { $0.contains("unknown terminal \(term): drawing for ") })
  }

  /// Of these `ansi` and `pcansi` are said to go on to the next line by themselves, which tmux does not do.
  @Test(arguments: ["ansi", "pcansi", "cygwin", "linux", "vt100", "xterm"])
  func `what is left out of a frame leaves nothing of the one before it`(term: String) async throws
  {
    let product = try Product.start("demo --seed 1", environment: ["TERM": term])
    let terminal = product.terminal
    try await terminal.wait(for: "of 60")
    for (key, text) in [
      ("2", "[2]Tiles"), ("3", "node 1 of"), ("4", "[4]Causes"), ("1", "[1]List"), ("?", "Esc"),
    ] {
      try terminal.press(key)
      try await terminal.wait(for: text)
    }
    // The head tells the time.
    let screen = try terminal.screen.dropFirst(3)
    try terminal.press("C-l")
    try await terminal.wait(until: "all is drawn anew as it was for \(term)") {
      $0.dropFirst(3) == screen
    }
    try terminal.press("Escape")
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }

  /// Starts, waits for a whole screen, and quits.
  private func painted(_ term: String) async throws -> [String] {
    let product = try Product.start("demo --numbers 6", environment: ["TERM": term])
    let screen = try await product.terminal.wait(until: "all of the screen is drawn for \(term)") {
      $0[0].contains("[1]List") && $0[0].hasSuffix("UTC") && $0[1].contains("of 6")
        && $0.contains { $0.hasPrefix(">") && $0.contains("+") }
        && $0.contains { $0.contains("? help") }
    }
    try product.terminal.press("q")
    try await product.terminal.wait(for: "status:0")
    return screen
  }
}
