import ArgumentParser
import Themes
import Views

/// The themes that can be used.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes",
    abstract: "List the themes that can be used.",
    discussion: "Example: wabatop --theme mono"
  )

  @OptionGroup(title: "Global options") var options: GlobalOptions

  func run() throws {
    let longest = Themes.all.map(\.name.count).max() ?? 0
    for file in Themes.all {
      guard let theme = try Theme(named: file.name) else { continue }
      let padding = String(repeating: " ", count: longest - file.name.count)
      let title = theme.file.title ?? file.name
      Output.write("\(file.name)\(padding)  \(title) (\(theme.file.appearance.rawValue))\n")
    }
  }
}
