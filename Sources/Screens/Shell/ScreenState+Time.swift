import FoundationEssentials
package import Health
import Monitor

// When the screen changes by itself.
extension ScreenState {
  package mutating func adopt(_ viewport: Viewport) {
    guard viewport != self.viewport else { return }
    self.viewport = viewport
    tilesPage = min(tilesPage, max(viewport.tilePages - 1, 0))
    reconcileSelection()
    changeTree { tree in
      let last = max(0, viewport.detailLines - viewport.detailRows)
      tree.detailScroll = min(tree.detailScroll, last)
    }
  }

  /// The next moment at which an age, a state or a message changes.
  ///
  /// Looks at what is visible only.
  package var nextVisibleChange: Moment? {
    let ageing = pause?.live.nextAgeing ?? fleet.nextAgeing
    var moments = [message?.expires, ageing, nextWallTurn].compactMap(\.self)
    if pause == nil, let turn = rows.nextTurn { moments.append(turn) }
    moments += visibleAges.map { now + $0.untilNextText }
    moments += awaited.filter { $0 > now }.map { now + Age($0 - now).untilPreviousText }
    let overview = overview
    if let oldest = overview.oldestReading {
      moments.append(now + Age(now - oldest, rounding: .up).untilNextText)
    }
    if let next = overview.nextPoll, next > now {
      moments.append(now + Age(next - now, rounding: .up).untilPreviousText)
    }
    return moments.min().map(nextSecond)
  }

  /// The first full second of the wall's clock that is not before a moment and after now.
  ///
  /// Every age has a fraction of its own; so all of them and the clock tick together.
  private func nextSecond(notBefore moment: Moment) -> Moment {
    let moment = max(moment, now + .milliseconds(1))
    let seconds = moment.date.timeIntervalSince1970
    return moment + .milliseconds(Int64(((seconds.rounded(.up) - seconds) * 1000).rounded()))
  }

  /// The ages that are on the screen, without those of the counts line.
  private var visibleAges: [Age] {
    var moments = [overview.dataOldSince, pause?.since].compactMap(\.self)
    moments += overview.failures.compactMap(\.since)
    guard timeFormat == .age else { return ages(of: moments) }
    if let record = treeNumber.flatMap({ fleet[$0] }) {
      return ages(of: moments + [record.latest?.moment].compactMap(\.self)) + [age(of: record)]
    }
    switch route {
    case .causes, .inversion: return ages(of: moments + visibleCauseMoments)
    case .events: return ages(of: moments + visibleEventMoments)
    case .tiles: return ages(of: moments + visibleTileAges)
    case .list, .tree: break
    }
    return ages(of: moments)
      + window(height: viewport.listRows).map { age(of: record(at: $0)) }
  }

  private func ages(of moments: [Moment]) -> [Age] { moments.map { Age(now - $0) } }

  private func age(of record: NumberRecord) -> Age {
    Age(now - record.stateSince, rounding: record.sinceIsLowerBound ? .down : .none)
  }

  /// The moments that the screen counts down to.
  private var awaited: [Moment] { overview.failures.compactMap(\.nextTry) }
}
