import ArgumentParser
import Canvas
import Configuration
import Health
import Monitor
import Screens

/// Acknowledges numbers and causes from a script, as `a` does on the screen.
struct AckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Acknowledge the trouble of numbers or causes, as `a` does on the screen.",
    discussion: """
      Every dashboard on this host shows it within a second. It ends when the trouble is over or gets \
      worse, when its time is over, or with --undo. A cause covers all its numbers: name it by its id, \
      such as that of a WABA, by an account's name, or by its key from --list --json.

      A time is 30m, 2h, 3d, 18:00, "tomorrow 9:00", "mon 9:00" or a date, in UTC. Exit status: 0, or 3 \
      where it could not be done.

      Example: wabatop ack +447700900131 --comment "ticket 8841" --until "tomorrow 9:00"
               wabatop ack 102938475610 --undo
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Numbers (number, id, label or name) or causes (id or name).",
      valueName: "what"
    )
  )
  var names: [String] = []

  @Option(help: ArgumentHelp("Why, such as a ticket.", valueName: "text"))
  var comment = ""

  @Option(help: ArgumentHelp("Until when; `over` is until the trouble is over.", valueName: "time"))
  var until = "over"

  @OptionGroup var by: AuthorOption

  @Flag(help: "Take acknowledgements back.")
  var undo = false

  @OptionGroup var listing: ListingOptions
  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var log: LogOptions

  func validate() throws {
    try listing.validate(
      isListing: names.isEmpty && !undo,
      "name a number or a cause, or use --list"
    )
  }

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let wiring = try log.quietWiring()
    let end = try EndTime.argument(until, "--until", now: wiring.time.now.date)
    let session = try await OperatorSession(wiring, file.paths(in: environment))
    if listing.list {
      let text = NoteListing(state: session.state)
      return try Output.deliver(listing.json ? text.acknowledgementsJSON : text.acknowledgements)
    }
    let author = by.name(in: environment)
    try undo
      ? await takeBack(in: session, author) : await acknowledge(in: session, author, until: end)
  }

  private func acknowledge(
    in session: OperatorSession,
    _ author: String,
    until end: EndTime
  ) async throws {
    var troubles: [NamedTrouble] = []
    // All are looked up before any is acknowledged.
    for name in names { troubles.append(try session.state.trouble(named: name)) }
    if let fine = troubles.first(where: { $0.state == .available }) {
      throw CommandFailure("\(fine.title) is AVAILABLE: there is nothing to acknowledge")
    }
    try await session.perform(
      .acknowledge(
        troubles.map { .init($0.subject, $0.state) },
        author: author,
        comment: comment,
        until: end.date
      )
    )
    let until = end.date.map { "until \(UTCTime($0).text)" } ?? "until it is over"
    let lines = troubles.map { "acknowledged \($0.title), \($0.state.word), \(until)\n" }
    try Output.deliver(lines.joined())
  }

  private func takeBack(in session: OperatorSession, _ author: String) async throws {
    var ids: Set<String> = []
    for name in names {
      let found = try session.state.acknowledgements(named: name)
      if found.isEmpty { throw CommandFailure("\"\(name)\" is not acknowledged") }
      ids.formUnion(found.map(\.id))
    }
    try await session.perform(.end(ids, author: author))
    let lines = names.map { "no longer acknowledged: \($0.sanitized)\n" }
    try Output.deliver(lines.joined())
  }
}
