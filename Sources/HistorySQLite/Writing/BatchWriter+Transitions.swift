import GRDB
import History

extension BatchWriter {
  func write(_ transition: Transition) throws {
    let subject = try db.row(of: transition.subject, names: transition.names)
    let at = transition.date.milliseconds
    if transition.kind.isOfLine {
      try shadow(after: at, of: subject)
      try noteChange(at: at)
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO transition (at, kind, subject, former, state, details, reason, others)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    .execute(
      arguments: [
        at, transition.kind.code, subject, transition.formerState?.code, transition.state?.code,
        try details(of: transition),
        try transition.reason.map { try db.row(ofWords: $0) },
        transition.others.isEmpty ? nil : try db.row(ofWords: transition.others),
      ]
    )
  }

  /// Of a state, what the answers say otherwise; of other kinds what the columns have no place for.
  private func details(of transition: Transition) throws -> Int64? {
    if transition.hasDetails { return try db.row(ofWords: transition.event) }
    return try transition.difference.map { try db.row(ofWords: $0) }
  }

  /// Keeps the line of a subject right where the clock went back.
  ///
  /// What was told last counts: what is dated later, though it was told before, is in its shadow. After
  /// more than a day, that was a clock that had gone wrong and is right again: once it has come as far
  /// as it was, what it left behind counts as ever.
  private func shadow(after at: Int, of subject: Int64) throws {
    let returned = try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT min(at) FROM transition
          WHERE subject = ?1 AND shadow IS NOT NULL AND at <= ?2 AND at - shadow > ?3
          """
      ),
      arguments: [subject, at, Day.length]
    )
    if let returned {
      try db.execute(
        sql: """
          UPDATE transition SET shadow = NULL
          WHERE subject = ?1 AND shadow IS NOT NULL AND at <= ?2 AND at - shadow > ?3
          """,
        arguments: [subject, at, Day.length]
      )
      try noteChange(at: returned)
    }
    try db.cachedStatement(
      sql: """
        UPDATE transition SET shadow = ?2
        WHERE subject = ?1 AND shadow IS NULL AND kind < 6 AND at > ?2
        """
    )
    .execute(arguments: [subject, at])
  }
}

extension Transition {
  /// There is more to it than its kind and its states.
  fileprivate var hasDetails: Bool {
    switch kind {
    case .state, .appeared, .vanished, .answering, .steady, .started, .stopped: false
    case .word, .failing, .flapping, .reloaded, .tookOver, .acknowledged, .unacknowledged, .muted,
      .unmuted,
      .commented:
      true
    }
  }
}
