import ArgumentParser
import Canvas
import Configuration
import Health
import History
import Monitor
import Screens
import Service
import ServiceLifecycle

/// Where and how `serve` answers over HTTP.
struct ListenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Answer HTTP requests there, \(ListenAddress.forms): metrics, JSON, and a page for the wall.",
      valueName: "address"
    )
  )
  var listen: ListenAddress?

  @Option(
    help: ArgumentHelp(
      "A file with the token that requests need; addresses of other machines can't do without.",
      valueName: "file"
    )
  )
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "For what there are metrics, from few series to many; each adds to the one before.",
      valueName: "detail"
    )
  )
  var metricsPer: MetricsDetail?
}

extension ListenAddress: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension MetricsDetail: ExpressibleByArgument {}

/// A socket that listens already, and what is needed to answer.
struct ServeListener {
  let socket: ListeningSocket
  private let settings: ServicePages.Settings
  private let wall: WallPage.Settings

  /// Nil where nothing is to be listened at.
  ///
  /// - Throws: `CommandFailure`, a sentence on why it can't.
  init?(
    _ options: ListenOptions,
    configured: ServeSettings,
    theme: String,
    masksNumbers: Bool,
    title: String? = nil,
    in environment: ProcessEnvironment
  ) throws(CommandFailure) {
    guard let address = options.listen ?? configured.listen else {
      guard options.tokenFile == nil, options.metricsPer == nil else {
        throw CommandFailure("--token-file and --metrics-per need --listen, which says where")
      }
      return nil
    }
    let token = try (options.tokenFile ?? configured.tokenFile).map(Self.token)
    guard token != nil || address.isLocal else {
      throw CommandFailure(
        "--listen \(address): everybody who reaches this address could read all numbers. Give a token with "
          + "--token-file FILE, or listen at 127.0.0.1."
      )
    }
    do throws(ListenError) {
      try Listener.load()
      socket = try ListeningSocket(address)
    } catch {
      throw CommandFailure("--listen: \(error.text)")
    }
    settings = ServicePages.Settings(
      token: token,
      detail: options.metricsPer ?? configured.metricsPer ?? .waba,
      masksNumbers: masksNumbers,
      version: Wabatop.version
    )
    wall = WallPage.Settings(
      theme: theme,
      find: { Self.theme($0, in: environment) },
      themeNames: { ["auto"] + ThemeLibrary(in: environment).names },
      masksNumbers: masksNumbers,
      title: title
    )
  }

  private static func token(_ path: String) throws(CommandFailure) -> AccessToken {
    let text: String
    do throws(FileContents.Failure) {
      let contents = try FileContents.read(path, limit: 64 * 1024)
      if contents.isReadableByOthers {
        let name = path.sanitized
        Output.error("warning: \(name): others can read this file; run: chmod 600 \(name)")
      }
      text = (contents.text ?? "").trimmingWhitespace()
    } catch {
      throw CommandFailure("--token-file: \(path): \(error.text)")
    }
    guard let token = AccessToken(text) else {
      throw CommandFailure(
        "--token-file: \(path): expected one word of at least \(AccessToken.shortest) ASCII characters"
      )
    }
    return token
  }

  /// A browser has no background that would decide on dark or light.
  private static func theme(_ name: String, in environment: ProcessEnvironment) -> Theme? {
    let library = ThemeLibrary(in: environment)
    return try? library.choice(name, in: environment).choice.theme(on: nil)
  }

  /// How it is told.
  var place: String {
    switch socket.address {
    case .unix: "\(socket.address)"
    case .ipv4, .ipv6: "http://\(socket.address)/"
    }
  }

  /// What has to run for it, on threads of low priority.
  func services(_ live: LiveState, _ polls: PollCounts, _ feed: EventFeed) -> [any Service] {
    let pages = ServicePages(live, polls: polls, feed: feed, wall: wall, settings)
    return [
      BackgroundService(service: feed),
      pages.listener(on: socket, executor: BackgroundThreads.shared),
    ]
  }
}
