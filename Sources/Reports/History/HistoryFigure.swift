package import Health
package import History
import Monitor

import struct FoundationEssentials.Date

/// How long a number, or all numbers of a WABA, an account or a label, were in which state.
package struct HistoryFigure: Hashable, Sendable {
  /// The account; nil for a WABA or a label, which several may have.
  package let account: String?
  /// What was asked for; nil for a group.
  package let target: String?
  package let waba: String?
  /// From the configuration; nil where there is none, and of a WABA or an account.
  package let label: String?
  package let names: Names
  /// How many numbers it is of.
  package private(set) var count = 0
  package private(set) var times = StateTimes()
  /// The window, once for each number.
  package private(set) var length = Duration.zero

  package var knownShare: Double { times.knownShare(of: length) }

  /// The share of the time known; nil if too little is known.
  package func share(of states: HealthState...) -> Double? {
    guard times.known > .zero, knownShare >= KnownShare.leastKnown else { return nil }
    return states.map { times[$0] }.reduce(.zero, +) / times.known
  }

  static func all(
    of times: [PhoneNumber.ID: StateTimes],
    by grouping: HistoryReport.Grouping,
    in window: Range<Date>,
    _ selection: NumberSelection
  ) -> [Self] {
    let length = Duration.milliseconds(window.milliseconds.count)
    let known = selection.numbers.fleet.records.map(\.id)
    let ids = Set(times.keys).union(known).filter { selection.contains($0) }
    var figures: [String: Self] = [:]
    for id in ids {
      let (key, empty) = group(of: id, by: grouping, selection)
      figures[key, default: empty].count += 1
      figures[key, default: empty].times += times[id] ?? StateTimes()
      figures[key, default: empty].length += length
    }
    return figures.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func group(
    of id: PhoneNumber.ID,
    by grouping: HistoryReport.Grouping,
    _ selection: NumberSelection
  ) -> (key: String, empty: Self) {
    let waba = selection.numbers.waba(of: id)
    let label = selection.numbers.fleet[id]?.number.label
    switch grouping {
    case .number:
      let names = selection.names(of: id)
      return (
        "\(id.account)\u{0}\(names.text)\u{0}\(id.target ?? "")",
        Self(account: id.account, target: id.target, waba: waba, label: label, names: names)
      )
    case .account:
      let names = Names(id.account)
      return (id.account, Self(account: id.account, names: names))
    case .label:
      // Numbers without one come last.
      return (label ?? "\u{10FFFF}", Self(label: label, names: Names(label ?? "no label")))
    case .waba:
      let name = waba.flatMap { selection.numbers.name(ofWABA: $0) }
      // Numbers whose WABA nobody said come last.
      return (
        waba ?? "\u{10FFFF}",
        Self(waba: waba, names: Names(waba ?? "unknown", detail: name))
      )
    }
  }

  private init(
    account: String? = nil,
    target: String? = nil,
    waba: String? = nil,
    label: String? = nil,
    names: Names
  ) {
    self.account = account
    self.target = target
    self.waba = waba
    self.label = label
    self.names = names
  }
}
