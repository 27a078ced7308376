import ArgumentParser
import Canvas
import Configuration
import Glibc
import Screens
import Terminal

/// The themes that can be used, each in its own colours.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes",
    abstract: "Show the themes that can be used, each in its own colours.",
    discussion: """
      Your own are files in ~/.config/wabatop/themes; `wabatop config paths` says where that is.

      Example: wabatop themes --color 16
      """
  )

  @OptionGroup(title: "Global options") var coloring: ColorOption
  @OptionGroup(title: "Global options") var signs: AsciiOption

  func run() throws {
    let environment = ProcessEnvironment.current()
    let library = ThemeLibrary(in: environment)
    let terminal = TerminalOptions(environment: environment.variables, color: coloring.color)
    let isTerminal = isatty(STDOUT_FILENO) == 1
    // An explicit depth is used even for a pager.
    let depth = isTerminal || coloring.color != .auto ? terminal.likelyDepth : .mono
    let listing = ThemeListing(
      library: library,
      depth: depth,
      marks: signs.ascii || !environment.isUTF8 ? .ascii : .unicode
    )
    try Output.deliver(depth == .mono ? listing.table : listing.cards)
  }
}
