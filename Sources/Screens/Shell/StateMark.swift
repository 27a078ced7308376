package import Canvas
package import Health

/// The appearance of a state: symbol, word and role each identify it alone.
package struct StateMark: Hashable, Sendable {
  let unicode: String
  let ascii: String
  /// At most three cells.
  package let word: String
  /// The words for a sentence.
  let phrase: String
  let strip: Unicode.Scalar
  let stripASCII: Unicode.Scalar
  package let role: Role
  let badge: Role
  /// The role for block characters, which a role with a filled background would hide.
  let history: Role

  package func sign(_ marks: Marks) -> String { marks.isASCII ? ascii : unicode }

  func strip(_ marks: Marks) -> Unicode.Scalar { marks.isASCII ? stripASCII : strip }

  package init(_ state: HealthState) { self = Self.table[Int(state.rawValue)] }

  /// The table of states, in the order of `HealthState`.
  private static let table: [StateMark] = [
    bad(.blocked, "BLK", "BLOCKED"),
    bad(.critical, "CRT", "CRITICAL"),
    bad(.limited, "LIM", "LIMITED"),
    bad(.warning, "WRN", "WARNING"),
    StateMark(
      unicode: "?",
      ascii: "?",
      word: "UNK",
      phrase: "UNKNOWN",
      strip: "░",
      stripASCII: "?",
      role: .statusUnknown,
      badge: .statusUnknownBadge,
      history: .historyUnknown
    ),
    StateMark(
      unicode: "◌",
      ascii: "~",
      word: "OLD",
      phrase: "STALE",
      strip: "·",
      stripASCII: ".",
      role: .statusStale,
      badge: .statusStaleBadge,
      history: .historyStale
    ),
    StateMark(
      unicode: "●",
      ascii: "+",
      word: "OK",
      phrase: "AVAILABLE",
      strip: "▁",
      stripASCII: "_",
      role: .statusAvailable,
      badge: .statusAvailableBadge,
      history: .historyOk
    ),
  ]

  private static func bad(_ state: HealthState, _ word: String, _ phrase: String) -> StateMark {
    let isCritical = state < .limited
    return StateMark(
      unicode: isCritical ? "✘" : "▲",
      ascii: isCritical ? "X" : "!",
      word: word,
      phrase: phrase,
      strip: isCritical ? "█" : "▄",
      stripASCII: isCritical ? "#" : "=",
      role: isCritical ? .statusBlocked : .statusLimited,
      badge: isCritical ? .statusBlockedBadge : .statusLimitedBadge,
      history: isCritical ? .historyBlocked : .historyLimited
    )
  }

  private init(
    unicode: String,
    ascii: String,
    word: String,
    phrase: String,
    strip: Unicode.Scalar,
    stripASCII: Unicode.Scalar,
    role: Role,
    badge: Role,
    history: Role
  ) {
    self.unicode = unicode
    self.ascii = ascii
    self.word = word
    self.phrase = phrase
    self.strip = strip
    self.stripASCII = stripASCII
    self.role = role
    self.badge = badge
    self.history = history
  }
}

extension StateMark {
  /// The role of the state's word in a row.
  ///
  /// The text of a healthy row has no colour, so that coloured text always means trouble; its mark
  /// is coloured like all others.
  var rowRole: Role { role == .statusAvailable ? .text : role }
}
