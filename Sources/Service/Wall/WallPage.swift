import Canvas
import FoundationEssentials
import Health
import Monitor
package import Screens
import Synchronization

/// `/wall`: the tiles as a page that fills the browser's window and renews itself.
///
/// It is drawn on the same canvas as the terminal's, and nothing in it comes from anywhere else.
package struct WallPage: Sendable {
  package struct Settings: Sendable {
    /// The theme where the page's address names none.
    package var theme: String
    /// Finds a theme; nil if there is none of that name.
    package var find: @Sendable (_ name: String) -> Theme?
    package var themeNames: @Sendable () -> [String]
    package var masksNumbers: Bool
    package var title: String?

    package init(
      theme: String,
      find: @escaping @Sendable (String) -> Theme?,
      themeNames: @escaping @Sendable () -> [String],
      masksNumbers: Bool = false,
      title: String? = nil
    ) {
      self.theme = theme
      self.find = find
      self.themeNames = themeNames
      self.masksNumbers = masksNumbers
      self.title = title
    }
  }

  /// What decides how a page looks.
  private struct Look: Hashable {
    let theme: String
    let filter: Filter
    let size: ScreenSize
  }

  private let live: LiveState
  private let settings: Settings
  private let pictures = RecentPictures()

  package init(_ live: LiveState, _ settings: Settings) {
    self.live = live
    self.settings = settings
  }

  package var routes: [String: ServiceRoutes.Route] {
    ["/wall": ServiceRoutes.Route { request in .later { await answer(request) } }]
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    do throws(QueryError) {
      let query = try Query(request, knowing: ["theme", "filter", "size"])
      let look = Look(
        theme: query["theme"] ?? settings.theme,
        filter: try query.filter(named: live.names()),
        size: try query.size ?? Self.usualSize
      )
      guard let theme = settings.find(look.theme) else {
        let names = settings.themeNames()
        let near = NearestName.suggestion(for: String(look.theme.prefix(64)), among: names)
        let known = "; there are \(names.joined(separator: ", "))"
        throw QueryError("there is no such theme\(near.isEmpty ? known : near)", in: "theme")
      }
      guard let picture = await picture(look, theme) else { return .busy("wabatop ends.") }
      return WallDocument(picture, of: look.size, renewedAfter: Self.interval).response
        .compressed(for: request)
    } catch {
      return error.response
    }
  }

  /// What fits a screen of 1920×1080 and can be read from some metres.
  private static let usualSize = ScreenSize(width: 140, height: 39)
  private static let interval = 10
  private static let turn = 20

  /// The picture of this second: many screens with the same page cost as much as one.
  private func picture(_ look: Look, _ theme: Theme) async -> WallPicture? {
    let now = live.time.now
    let key = "\(look.theme)\u{0}\(look.filter.text)\u{0}\(look.size.width)x\(look.size.height)"
    if let known = pictures.picture(key, at: now) { return known }
    guard let picture = draw(await live.snapshot(), look, theme, at: now) else { return nil }
    pictures.keep(picture, as: key, at: now)
    return picture
  }

  /// Nil if it is cancelled, which is looked at between steps: one takes long with many numbers.
  private func draw(
    _ snapshot: MonitorSnapshot,
    _ look: Look,
    _ theme: Theme,
    at now: Moment
  ) -> WallPicture? {
    var state = ScreenState(now: now, masksNumbers: settings.masksNumbers)
    state.adopt(live.names())
    guard !Task.isCancelled else { return nil }
    state.adopt(snapshot.whole, at: now)
    guard !Task.isCancelled else { return nil }
    if !look.filter.isEmpty {
      for command in [
        Command.startFilter, .editFilter(.insert(look.filter.text)), .editFilter(.keep),
      ] {
        _ = state.perform(command)
      }
    }
    state.showWall()
    let chrome = Chrome(title: settings.title, hasKeys: false)
    // The first layout finds out how many pages there are.
    _ = Screen(&state, now: now, size: look.size, marks: .unicode, chrome: chrome)
    guard !Task.isCancelled else { return nil }
    state.turnTiles(to: Int(saturating: now.date.timeIntervalSince1970) / Self.turn)
    let screen = Screen(&state, now: now, size: look.size, marks: .unicode, chrome: chrome)
    let html = HtmlText(
      styles: theme.styles,
      depth: .truecolor,
      isDark: theme.file.appearance != .light
    )
    let parts = html.parts(of: screen.canvas, in: "pre")
    return WallPicture(
      rows: parts.rows,
      sheet: parts.sheet,
      title: Screen.title(state, marks: .unicode)
    )
  }
}

/// A drawn page without what is around it.
struct WallPicture: Sendable {
  let rows: [String]
  let sheet: String
  let title: String
}

/// The last few pictures, for a second each.
private final class RecentPictures: Sendable {
  private let pictures = Mutex<[String: (picture: WallPicture, moment: Moment)]>([:])
  private static let lifetime = Duration.seconds(1)

  func picture(_ key: String, at now: Moment) -> WallPicture? {
    pictures.withLock { pictures in
      pictures = pictures.filter { now - $0.value.moment < Self.lifetime }
      return pictures[key]?.picture
    }
  }

  func keep(_ picture: WallPicture, as key: String, at now: Moment) {
    pictures.withLock { $0[key] = (picture, now) }
  }
}

extension MonitorSnapshot {
  /// The same, where everything is new.
  fileprivate var whole: Self {
    var change = FleetChange()
    change.places = Set(fleet.records.indices)
    change.altered = change.places
    change.replaced = change.places
    change.touchesAccounts = true
    return Self(
      fleet: fleet,
      causes: causes,
      journal: journal,
      answers: RawAnswers(),
      confirmation: confirmation,
      notes: notes,
      change: change,
      isNews: true,
      changeCount: changeCount
    )
  }
}

extension Query {
  /// Such as `160x50`.
  fileprivate var size: ScreenSize? {
    get throws(QueryError) {
      guard let text = self["size"] else { return nil }
      let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      let figures = sides.compactMap { Int($0) }
      guard sides.count == 2, figures.count == 2, (40...400).contains(figures[0]),
        (8...200).contains(figures[1])
      else {
        throw QueryError("expected columns and rows, from 40x8 to 400x200", in: "size")
      }
      return ScreenSize(width: figures[0], height: figures[1])
    }
  }
}
