import Health

/// The fields that a filter can name.
///
/// Any unambiguous beginning of a name works, and `s` means the status.
enum FilterField: String, Hashable, Sendable, CaseIterable {
  case status
  case severity
  case verdict
  case number
  case name
  case label
  case id
  case account
  case provider
  case waba
  case business
  case app
  case entity
  case cause
  case code
  case quality
  case limit
  case throughput
  case calling
  case template
  case outcome
  case age
  case since
  case flag

  /// The kind of its values, which decides which operators are possible.
  enum Kind: Hashable, Sendable {
    /// Any text.
    case text
    /// Words of a closed list.
    case words([FieldWord])
    case limit
    case duration
  }

  var kind: Kind {
    switch self {
    case .number, .name, .label, .id, .account, .provider, .waba, .business, .app, .entity,
      .cause, .code, .template:
      .text
    case .limit: .limit
    case .age, .since: .duration
    case .status: .words(Self.statusWords)
    case .severity: .words(Severity.allCases.map { FieldWord($0.word) })
    case .verdict, .calling: .words(Self.availabilityWords)
    case .quality: .words(Self.qualityWords)
    case .throughput: .words(["standard", "high", "not_applicable"].map { FieldWord($0) })
    case .outcome: .words(PollOutcome.allCases.map { FieldWord($0.rawValue) })
    case .flag: .words(FilterFlag.allCases.map { FieldWord($0.rawValue) })
    }
  }

  var operators: [FilterOperator] {
    switch (self, kind) {
    case (.quality, _), (_, .limit): FilterOperator.allCases
    case (_, .duration): FilterOperator.ordering
    case (.flag, _): [.has, .equals, .differs]
    case (_, .text), (_, .words): [.has, .equals, .differs, .matches, .fails]
    }
  }

  /// The fields that an abbreviated name may mean; exactly one if it is valid.
  static func meant(by name: String) -> [Self] {
    let name = name.lowercased()
    if name == "s" { return [.status] }
    if let exact = Self(rawValue: name) { return [exact] }
    return allCases.filter { $0.rawValue.hasPrefix(name) }
  }

  private static let statusWords = [
    FieldWord("blocked", "blk"), FieldWord("critical", "crt"), FieldWord("limited", "lim"),
    FieldWord("warning", "wrn"), FieldWord("unknown", "unk"), FieldWord("stale", "old"),
    FieldWord("available", "ok"),
  ]

  private static let availabilityWords = [
    FieldWord("available"), FieldWord("limited"), FieldWord("blocked"), FieldWord("unknown"),
  ]

  private static let qualityWords = [
    FieldWord("red"), FieldWord("yellow"), FieldWord("green"),
    FieldWord("unrated", "unknown", "na"),
  ]
}

/// A word of a closed list, with its synonyms.
struct FieldWord: Hashable, Sendable {
  let name: String
  let spellings: [String]

  init(_ name: String, _ others: String...) {
    self.name = name
    spellings = [name] + others
  }
}

/// The operator between a field and its values.
enum FilterOperator: String, Hashable, Sendable, CaseIterable {
  case has = ":"
  case equals = "="
  case differs = "!="
  case matches = "=~"
  case fails = "!~"
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="

  static let ordering = [less, atMost, greater, atLeast]

  /// The order for scanning: `<=` comes before `<`.
  static let longestFirst = allCases.sorted { $0.rawValue.count > $1.rawValue.count }

  /// Nil if it is not an order.
  var order: FilterOrder? {
    switch self {
    case .less: .less
    case .atMost: .atMost
    case .greater: .greater
    case .atLeast: .atLeast
    case .has, .equals, .differs, .matches, .fails: nil
    }
  }
}
