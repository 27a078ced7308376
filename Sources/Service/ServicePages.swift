package import Configuration
import Health

/// Everything that can be asked over HTTP, put together.
package struct ServicePages: Sendable {
  package struct Settings: Sendable {
    package var token: AccessToken?
    package var detail: MetricsDetail
    package var masksNumbers: Bool
    package var version: String

    package init(
      token: AccessToken? = nil,
      detail: MetricsDetail = .waba,
      masksNumbers: Bool = false,
      version: String
    ) {
      self.token = token
      self.detail = detail
      self.masksNumbers = masksNumbers
      self.version = version
    }
  }

  private let live: LiveState
  private let polls: PollCounts
  private let feed: EventFeed
  private let wall: WallPage.Settings
  private let settings: Settings

  package init(
    _ live: LiveState,
    polls: PollCounts,
    feed: EventFeed,
    wall: WallPage.Settings,
    _ settings: Settings
  ) {
    self.live = live
    self.polls = polls
    self.feed = feed
    self.wall = wall
    self.settings = settings
  }

  /// The listener of all pages.
  package func listener(
    on socket: ListeningSocket,
    limits: ListenerLimits = ListenerLimits(),
    executor: any TaskExecutor
  ) -> Listener {
    let routes = routes(at: socket.address)
    return Listener(on: socket, limits: limits, time: live.time, executor: executor) {
      routes.reply(to: $0)
    }
  }

  /// Without a token, names of other hosts are refused on addresses of this machine.
  package func routes(at address: ListenAddress) -> ServiceRoutes {
    let metrics = MetricsPage(
      live,
      polls: polls,
      detail: settings.detail,
      masksNumbers: settings.masksNumbers,
      version: settings.version
    )
    let all = [
      LandingPage(version: settings.version).routes,
      HealthPages(live).routes(token: settings.token), metrics.routes, API(live).routes,
      EventsPage(feed, live).routes, WallPage(live, wall).routes,
    ]
    let isUnix = if case .unix = address { true } else { false }
    return ServiceRoutes(
      all.reduce(into: [:]) { $0.merge($1) { $1 } },
      token: settings.token,
      checksHost: settings.token == nil && !isUnix
    )
  }
}
