import ArgumentParser
import Canvas
import Configuration
import Health
import Monitor
import Screens

import struct FoundationEssentials.Date

/// Mutes numbers from a script, as `m` does on the screen.
struct MuteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mute",
    abstract: "Mute the numbers that pass a filter for a while, as `m` does on the screen.",
    discussion: """
      Every dashboard on this host shows it within a second: muted numbers are dim, at the end of their \
      severity, and counted in the header. A time is 30m, 2h, 3d, 18:00, "tomorrow 9:00", "mon 9:00" or a \
      date, in UTC. --undo takes the filter of a mute, or its id from --list --json. Exit status: 0, or 3 \
      where it could not be done or no number passes the filter.

      Example: wabatop mute provider:meta waba=102938475610 --until "mon 9:00" --comment maintenance
               wabatop mute provider:meta waba=102938475610 --undo
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Which numbers: words, status:blocked, account=acme; =NAME is a filter from the configuration.",
      valueName: "filter"
    )
  )
  var words: [String] = []

  @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "duration"))
  var length: String?

  @Option(help: ArgumentHelp("Until when; without it, for 2h.", valueName: "time"))
  var until: String?

  @Option(help: ArgumentHelp("Why, such as a maintenance.", valueName: "text"))
  var comment = ""

  @OptionGroup var by: AuthorOption

  @Flag(help: "End mutes.")
  var undo = false

  @OptionGroup var listing: ListingOptions
  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var log: LogOptions

  func validate() throws {
    try listing.validate(isListing: words.isEmpty && !undo, "type a filter, or use --list")
    if length != nil, until != nil { throw ValidationError("use --for or --until, not both") }
  }

  private var typed: String { words.joined(separator: " ") }

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let wiring = try log.quietWiring()
    let filter = undo || listing.list ? nil : try filter(in: environment)
    let option = until == nil ? "--for" : "--until"
    let end = try EndTime.argument(until ?? length ?? "2h", option, now: wiring.time.now.date)
    guard let date = end.date else { throw CommandFailure("\(option): a mute needs a time") }
    let session = try await OperatorSession(wiring, file.paths(in: environment))
    if listing.list {
      let text = NoteListing(state: session.state)
      return try Output.deliver(listing.json ? text.mutesJSON : text.mutes)
    }
    let author = by.name(in: environment)
    guard let filter else { return try await takeBack(in: session, author) }
    try await mute(filter, until: date, in: session, author)
  }

  /// A filter that no number passes is in force all the same: numbers that come later may pass it.
  func mute(
    _ filter: Filter,
    until date: Date,
    in session: OperatorSession,
    _ author: String
  ) async throws {
    try await session.perform(
      .mute(filter: filter.text, author: author, comment: comment, until: date)
    )
    let count = session.state.fleet.records.count {
      filter.passes($0, in: session.state.fleet, at: session.state.now)
    }
    let numbers = count == 1 ? "1 number" : "\(count) numbers"
    try Output.deliver("muted \(numbers) until \(UTCTime(date).text)\n")
    guard count == 0 else { return }
    Output.error("warning: no number passes \"\(filter.text.sanitized)\" now")
    throw ProcessStatus.unknown
  }

  /// With the place of a mistake, since it can't be marked.
  private func filter(in environment: ProcessEnvironment) throws -> Filter {
    let names =
      typed.hasPrefix("=")
      ? try ConfigurationFile.read(
        file.paths(in: environment).configuration.path,
        environment: environment
      ).names : OperatorNames()
    do throws(FilterError) {
      return try Filter(muting: SavedFilters(names.filters).filter(typed).text)
    } catch {
      throw CommandFailure("the filter, \(error.message)")
    }
  }

  private func takeBack(in session: OperatorSession, _ author: String) async throws {
    let ended = session.notes.mutes.filter { $0.filter == typed || $0.id == typed }
    guard !ended.isEmpty else {
      let known = session.notes.mutes.map { "\"\($0.filter)\"" }.joined(separator: ", ")
      let muted = known.isEmpty ? "nothing is muted" : "muted are \(known)"
      throw CommandFailure("\"\(typed)\" is not muted; \(muted)")
    }
    try await session.perform(.end(Set(ended.map(\.id)), author: author))
    try Output.deliver("no longer muted: \(ended[0].filter.sanitized)\n")
  }
}
