package import Monitor

/// The numbers of one WABA at one provider, shown as a mark each.
package struct MarkGroup: Hashable, Sendable {
  package let provider: String
  /// Nil for numbers with an unknown WABA, which are grouped by account.
  package let waba: String?
  package let account: String
  let providerPlace: Int
  /// The counts of shown numbers.
  package internal(set) var tally = Tally()

  init(_ provider: String, waba: String?, account: String, _ providerPlace: Int) {
    self.provider = provider
    self.waba = waba
    self.account = account
    self.providerPlace = providerPlace
  }

  func stands(before other: MarkGroup) -> Bool {
    (account, waba ?? "") < (other.account, other.waba ?? "")
  }
}

/// The groups of one provider, by account and WABA.
///
/// The order is the same in every run, so that people can learn the places on the wall.
package struct ProviderMarks: Hashable, Sendable {
  package let name: String
  package internal(set) var groups: [Int] = []
  package internal(set) var tally = Tally()
  /// The index of its first account in the configuration.
  let rank: Int

  init(name: String, rank: Int) {
    self.name = name
    self.rank = rank
  }
}

/// One or more lines of marks.
package struct MarkRow: Hashable, Sendable {
  package enum Title: Hashable, Sendable {
    /// The index of a group.
    case group(Int)
    /// So many groups of the provider that share a line.
    case others(Int)
    case all(Int)
  }

  package let provider: String
  package let title: Title
  package let tally: Tally
  package let lines: Int

  init(provider: String, title: Title, tally: Tally, marksPerLine: Int) {
    self.provider = provider
    self.title = title
    self.tally = tally
    lines = Self.lines(of: tally, marksPerLine)
  }

  static func lines(of tally: Tally, _ marksPerLine: Int) -> Int {
    let width = max(marksPerLine, 1)
    return (tally.total + width - 1) / width
  }
}
