import Canvas
import Configuration
import Dispatch
import Glibc
import Screens
import TestSupport
import Testing
import Themes

@testable import App

struct ThemeLibraryTests {
  private static let nobody = ProcessEnvironment(variables: [:], homeDirectory: "/nowhere")

  private static func library(in folder: TemporaryFolder) -> ThemeLibrary {
    ThemeLibrary(directory: .init(path: folder.path, reason: "a test"))
  }

  private static let empty = ThemeLibrary(directory: .init(path: "/nowhere", reason: "a test"))

  @Test func `without a directory there are the themes of the binary`() throws {
    #expect(Self.empty.names == Themes.all.map(\.name))
    #expect(try Self.empty.theme(named: "nord")?.name == "nord")
    #expect(try Self.empty.theme(named: "none-such") == nil)
  }

  @Test func `themes of one's own join those of the binary and go first`() throws {
    let folder = try TemporaryFolder()
    try folder.write("roles: { text: \"#123456\" }", to: "mine.yaml")
    try folder.write("meta: { name: My Nord }", to: "nord.yaml")
    try folder.write("no theme", to: "notes.txt")
    let library = Self.library(in: folder)
    #expect(library.ownNames == ["mine", "nord"])
    #expect(library.names == Themes.all.map(\.name) + ["mine"])
    #expect(try library.theme(named: "mine")?.styles[.text].foreground == Color(hex: "#123456"))
    #expect(try library.theme(named: "nord")?.file.title == "My Nord")
  }

  @Test func `only files whose names can be typed are themes`() throws {
    let folder = try TemporaryFolder()
    for name in ["auto", "two words", "escape\u{1B}[31m", "right\u{202E}left", ""] {
      try folder.write("", to: "\(name).yaml")
    }
    #expect(mkfifo("\(folder.path)/pipe.yaml", 0o600) == 0)
    #expect(symlink("\(folder.path)/two words.yaml", "\(folder.path)/linked.yaml") == 0)
    #expect(Self.library(in: folder).ownNames == ["linked"])
  }

  @MainActor
  // In parallel the time begins when all others begin.
  @Test(.timeLimit(.minutes(15)))
  func `a theme is read while the main actor goes on`() async {
    let gate = DispatchSemaphore(value: 0)
    let reading = Task {
      await ThemeRead("mine") { name in
        gate.wait()
        throw CommandFailure("there is no theme \"\(name)\"")
      }
    }
    await Task.yield()
    // Read on the main actor, it would wait for this in vain.
    gate.signal()
    let read = await reading.value
    #expect(read?.name == "mine")
    #expect(throws: CommandFailure.self) { try read?.result.get() }
  }

  @Test func `what auto shows was read before the background is known`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("roles: { text: \"#123456\" }", to: "dark.yaml")
    let choice = try Self.library(in: folder).choice("auto", in: Self.nobody).choice
    #expect(unlink(path) == 0)
    #expect(choice.theme(on: nil).styles[.text].foreground == Color(hex: "#123456"))
    #expect(choice.theme(on: Color(hex: "#ffffff")).name == "light")
  }

  @Test func `a file that is written later is there after another look`() throws {
    let folder = try TemporaryFolder()
    var library = Self.library(in: folder)
    try folder.write("", to: "late.yaml")
    #expect(try library.theme(named: "late") == nil)
    library.reload()
    #expect(try library.theme(named: "late") != nil)
  }

  @Test(arguments: [("mine", "dark"), ("nord", "nord")])
  func `a mistake is told with its place, and a theme of the binary is shown`(
    name: String,
    shown: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("roles:\n  text: \"#ebd\"\n", to: "\(name).yaml")
    let selection = try Self.library(in: folder).choice(name, in: Self.nobody)
    #expect(selection.choice.theme(on: nil).name == shown)
    let mistake = try #require(selection.mistake)
    #expect(mistake.hasPrefix("\(folder.path)/\(name).yaml:2:9: `#ebd` is not a colour"))
    #expect(mistake.hasSuffix("shown in \(shown)"))
  }

  @Test(arguments: [
    (nil, nil, "dark"), (nil, "#fdf6e3", "light"), (nil, "#282828", "dark"),
    ("0;15", "#000000", "light"), ("15;default;0", "#ffffff", "dark"), ("12;8", nil, "dark"),
    ("0;7", nil, "light"), ("nonsense", "#ffffff", "light"),
  ])
  func `auto goes by what is said of the background`(
    variable: String?,
    answer: String?,
    name: String
  ) throws {
    var environment = Self.nobody
    environment.variables["COLORFGBG"] = variable
    let choice = try Self.empty.choice("auto", in: environment).choice
    #expect(choice.theme(on: answer.flatMap { Color(hex: $0) }).name == name)
  }

  @Test func `an unknown name is answered with the nearest`() throws {
    let error = #expect(throws: CommandFailure.self) {
      try Self.empty.choice("gruvbox-drak", in: Self.nobody)
    }
    let text = try #require(error).text
    #expect(text.hasPrefix("there is no theme \"gruvbox-drak\"; did you mean \"gruvbox-dark\"?"))
  }

  @Test func `a listing without colours is a line for each theme`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      meta: { appearance: dark, colorblind_safe: true }
      roles: { status.available: "#859900", status.limited: "#b58900" }
      """,
      to: "liar.yaml"
    )
    try folder.write("rules: {}", to: "broken.yaml")
    let library = Self.library(in: folder)
    let table = ThemeListing(library: library, depth: .mono, marks: .unicode).table
    let lines = table.split(separator: "\n")
    #expect(lines.count == library.names.count)
    #expect(!table.contains("\u{1B}"))
    #expect(lines.contains("dark              Dark (dark, colorblind_safe)"))
    #expect(lines.contains { $0.hasPrefix("broken") && $0.contains("broken.yaml:1:1: `rules`") })
    #expect(lines.contains { $0.hasPrefix("liar") && $0.contains("says colorblind_safe, but") })
  }

  @Test(arguments: [ColorDepth.ansi16, .indexed256, .truecolor])
  func `a listing in colours has a card for each theme`(depth: ColorDepth) {
    let cards = ThemeListing(library: Self.empty, depth: depth, marks: .ascii).cards
    for name in Self.empty.names { #expect(cards.contains("wabatop \(name) ")) }
    #expect(cards.split(separator: "\n\n").count == Self.empty.names.count)
  }
}
