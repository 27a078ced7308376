import ArgumentParser
import Canvas
import Configuration
import Foundation
import Health
import History
import Monitor
import Reports

/// What the dashboard remembered: changes, and how long what was available.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show what changed, and how long each number was available.",
    discussion: """
      It reads what the dashboard recorded while it ran; no provider is asked. Changes are listed with \
      the newest last. Figures are shares of the time known: when wabatop polled the account and the \
      number had a usable answer. Of a window with less than 95 % known there is no figure.

      As csv it prints the changes, with --by the figures, or with --incidents the incidents. Times are UTC. Exit status: 0, or 3 where \
      there is no history or it could not be read.

      Example: wabatop history --since 30d --by account
               wabatop history +447700900131 --since 2026-11-01 --until 2026-12-01 --output json
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case csv
  }

  @Argument(
    help: ArgumentHelp(
      "Only these numbers: number, id, label or name.",
      valueName: "number"
    )
  )
  var numbers: [String] = []

  @Option(
    help: ArgumentHelp(
      "The start: \(TimeWords.forms), in UTC; without it, 24h.",
      valueName: "time"
    ),
    transform: TimeWords.argument
  )
  var since = TimeWords.ago(86_400)

  @Option(
    help: ArgumentHelp("The end, in the same form; without it, now.", valueName: "time"),
    transform: TimeWords.argument
  )
  var until: TimeWords?

  @Option(help: "One figure for each number, WABA, account or label.")
  var by: HistoryReport.Grouping?

  @Flag(help: "Only the incidents: each cause with its start, its end and what it hit.")
  var incidents = false

  @Option(help: "The output: text for people, JSON, or a table for spreadsheets.")
  var output = Format.text

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var filtering: FilterOption
  @OptionGroup(title: "Global options") var signs: AsciiOption
  @OptionGroup(title: "Global options") var log: LogOptions

  func validate() throws {
    guard incidents, by != nil else { return }
    throw ValidationError("Incidents have no figures, so --incidents and --by don't go together.")
  }

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let wiring = try log.quietWiring()
    let now = wiring.time.now
    let request = HistoryReport.Request(
      window: try window(at: now.date),
      grouping: by ?? .number,
      names: numbers,
      filter: try filtering.filter(named: try names(in: environment)),
      includesDifferences: output == .json
    )
    let report = try await read(request, wiring, file.paths(in: environment), at: now)
    guard numbers.isEmpty || !report.figures.isEmpty else {
      throw CommandFailure("no number matches \"\(numbers.joined(separator: "\", \""))\"")
    }
    try Output.deliver(text(of: report, isASCII: signs.ascii || !environment.isUTF8))
  }

  private func window(at now: Date) throws(CommandFailure) -> Range<Date> {
    guard let start = since.date(at: now, isUTC: true),
      let last = (until ?? .now).date(at: now, isUTC: true)
    else { throw CommandFailure("--since and --until: there is no such day") }
    let end = min(last, now)
    guard start < end else {
      throw CommandFailure("--since must be before --until, and not in the future")
    }
    return start..<end
  }

  /// Only a filter by name needs the configuration.
  private func names(in environment: ProcessEnvironment) throws -> OperatorNames {
    guard filtering.isSaved else { return OperatorNames() }
    let path = file.paths(in: environment).configuration.path
    return try ConfigurationFile.read(path, environment: environment).names
  }

  private func read(
    _ request: HistoryReport.Request,
    _ wiring: Wiring,
    _ paths: ConfigurationPaths,
    at now: Moment
  ) async throws(CommandFailure) -> HistoryReport {
    guard FileContents.exists(paths.history.path) else {
      throw CommandFailure(
        "there is no history yet: the dashboard writes it to \(paths.history.path)"
      )
    }
    do throws(HistoryError) {
      let opened = try await wiring.openHistory(in: paths.stateDirectory)
      if let path = opened.setAside {
        Output.error("warning: the history was damaged: it is kept as \(path.sanitized)")
      }
      return try await HistoryReport.read(request, from: opened.store, at: now)
    } catch {
      throw CommandFailure("the history can't be read: \(error.reason)")
    }
  }

  private func text(of report: HistoryReport, isASCII: Bool) -> String {
    switch output {
    case .text: incidents ? report.incidentsText : report.text(isASCII: isASCII)
    case .json: report.json
    case .csv where incidents: report.incidentsCSV
    case .csv: by == nil ? report.transitionsCSV : report.figuresCSV
    }
  }
}

extension HistoryReport.Grouping: ExpressibleByArgument {}

extension TimeWords {
  /// Reads a time on the command line.
  fileprivate static func argument(_ text: String) throws -> Self {
    guard let words = Self(text) else { throw ValidationError("expected \(forms)") }
    return words
  }
}
