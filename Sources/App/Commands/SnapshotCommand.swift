import ArgumentParser
import Canvas
import Configuration
import Glibc
import Health
import Monitor
import Screens
import Terminal

/// One sweep, then one frame of a view as text.
struct SnapshotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Check every number once and print one screen as text: for tickets and tests.",
    discussion: """
      The tree is that of the worst number, unless one is named. As ansi or html the screen has the \
      colours of the theme, as many as --color says; html is a whole page.

      Example: wabatop snapshot --demo --view tree --size 120x40
               wabatop snapshot --format html --theme light > wabatop.html
      """
  )

  @Option(help: "The view to draw: the list, the tree of one number, or another view.")
  var view = KeyBinding.Place.list

  @Option(help: ArgumentHelp("Columns and rows.", valueName: "CxR"))
  var size = SizeArgument(width: 80, height: 24)

  @Option(help: "How to print it.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "The number for the tree view: number, id or label.",
      valueName: "number"
    )
  )
  var number: String?

  @Flag(help: "Show a built-in simulator instead of the accounts of the configuration.")
  var demo = false

  @Option(help: ArgumentHelp("The time limit for the whole sweep.", valueName: "duration"))
  var timeout = DurationArgument(.seconds(30))

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var theming: ThemeOption
  @OptionGroup(title: "Global options") var filtering: FilterOption
  @OptionGroup(title: "Global options") var coloring: ColorOption
  @OptionGroup(title: "Global options") var signs: AsciiOption
  @OptionGroup(title: "Global options") var masking: MaskOption
  @OptionGroup(title: "Global options") var log: LogOptions

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case ansi
    case html
  }

  @MainActor
  func run() async throws {
    let environment = ProcessEnvironment.current()
    let wiring = try log.quietWiring()
    let model = ScreenModel(time: wiring.time, masksNumbers: masking.mask)
    let configuration = demo ? Configuration() : try await file.read(in: environment)
    // Wrong options are reported before the sweep.
    let ink = try ink(configured: configuration.theme, environment)
    let filter = try filtering.filter(named: configuration.names)
    guard view.isFiltered || filtering.isEmpty else {
      throw CommandFailure(
        "--filter works with list, tiles and tree; \(view.name) is about all numbers"
      )
    }
    model.adopt(configuration.names)
    try await sweep(configuration, environment, wiring, into: model.monitor)
    await model.pull()
    let snapshot = Snapshot(
      view: view,
      size: ScreenSize(width: size.width, height: size.height),
      marks: signs.ascii || !environment.isUTF8 ? .ascii : .unicode,
      chrome: Chrome(title: demo ? "demo" : nil, showsClock: configuration.showsClock)
    )
    let canvas = try snapshot.draw(
      model,
      filter: filter.text,
      number: number,
      at: wiring.time.now
    )
    try Output.deliver(ink.text(of: canvas, as: format))
  }

  private func ink(configured: String, _ environment: ProcessEnvironment) throws -> SnapshotInk {
    let themes = ThemeLibrary(in: environment)
    let selection = try themes.choice(theming.theme ?? configured, in: environment)
    if let mistake = selection.mistake { Output.error("warning: \(mistake)") }
    let terminal = TerminalOptions(environment: environment.variables, color: coloring.color)
    return SnapshotInk(
      theme: selection.choice.theme(on: nil),
      depth: SnapshotInk.depth(
        for: format,
        on: terminal,
        isTerminal: isatty(STDOUT_FILENO) == 1
      )
    )
  }

  private func sweep(
    _ configuration: Configuration,
    _ environment: ProcessEnvironment,
    _ wiring: Wiring,
    into monitor: FleetMonitor
  ) async throws {
    guard demo else {
      await wiring.sweep(
        configuration.accounts,
        within: timeout.duration,
        includingTemplates: true,
        into: monitor
      )
      return
    }
    try await wiring.sweepSimulator(
      within: timeout.duration,
      includingTemplates: true,
      into: monitor,
      in: environment
    )
  }
}

/// `120x40` on the command line.
struct SizeArgument: ExpressibleByArgument, Sendable {
  let width: Int
  let height: Int

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  init?(argument: String) {
    let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard sides.count == 2,
      let width = ScalarForms.integer(String(sides[0]), in: 1...1000),
      let height = ScalarForms.integer(String(sides[1]), in: 1...1000)
    else { return nil }
    self.init(width: width, height: height)
  }

  var defaultValueDescription: String { "\(width)x\(height)" }
}
