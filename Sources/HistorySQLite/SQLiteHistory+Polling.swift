package import Foundation
import GRDB
package import History

extension SQLiteHistory {
  package func takeLease(
    of account: String,
    for holder: String,
    settings: String,
    at now: Date,
    until: Date
  ) async throws(HistoryError) -> LeaseAnswer {
    try await write { db in
      let (last, lease) = try db.lease(of: account)
      if let lease, lease.holder != holder, lease.isValid(at: now) { return .held(lease) }
      let taken = Lease(
        account: account,
        holder: holder,
        term: lease?.holder == holder ? last : last + 1,
        settings: settings,
        renewed: now,
        until: until
      )
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?, ?)")
        .execute(
          arguments: [
            account, holder, taken.term, settings, taken.renewed.milliseconds,
            taken.until.milliseconds,
          ]
        )
      return .taken(taken)
    }
  }

  package func renew(
    _ lease: Lease,
    at now: Date,
    until: Date
  ) async throws(HistoryError) -> Lease? {
    try await write { db in
      try db.execute(
        sql: """
          UPDATE lease SET renewed = ?, until = ?
          WHERE account = ? AND holder = ? AND term = ?
          """,
        arguments: [
          now.milliseconds, until.milliseconds, lease.account, lease.holder, lease.term,
        ]
      )
      return db.changesCount > 0 ? try db.lease(of: lease.account).lease : nil
    }
  }

  package func release(_ lease: Lease) async throws(HistoryError) {
    try await writeRecord { db in
      try db.execute(
        sql: "UPDATE lease SET holder = NULL WHERE account = ? AND holder = ? AND term = ?",
        arguments: [lease.account, lease.holder, lease.term]
      )
    }
  }

  package func leases() async throws(HistoryError) -> [Lease] {
    try await read { db in
      try Row.fetchAll(
        db.cachedStatement(sql: "SELECT * FROM lease WHERE holder IS NOT NULL ORDER BY account")
      )
      .map(Lease.init(_:))
    }
  }

  package func note(
    _ asked: [Asked],
    under leases: [Lease]
  ) async throws(HistoryError) -> Set<String> {
    try await write { db in
      let lost = try Set(leases.filter { try !db.isHeld($0) }.map(\.account))
      for asked in asked where !lost.contains(asked.account) {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO asked VALUES (?, ?, ?)")
          .execute(arguments: [asked.account, asked.target, asked.date.milliseconds])
      }
      return lost
    }
  }

  package func asked(of account: String) async throws(HistoryError) -> [Asked] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT target, at FROM asked WHERE account = ? ORDER BY target",
        arguments: [account]
      )
      .map { Asked(account: account, target: $0[0], date: Date(milliseconds: $0[1])) }
    }
  }

  package func add(_ demand: Demand) async throws(HistoryError) {
    try await writeRecord { db in
      try db.execute(
        sql: "INSERT INTO demand (account, target, author, at) VALUES (?, ?, ?, ?)",
        arguments: [demand.account, demand.target, demand.author, demand.date.milliseconds]
      )
    }
  }

  package func takeDemands(of account: String) async throws(HistoryError) -> [Demand] {
    let isWaiting = try await read { db in
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM demand WHERE account = ?)"),
        arguments: [account]
      )
    }
    // Asked every second: mostly there is nothing, and nothing to write.
    guard isWaiting == true else { return [] }
    return try await write { db in
      try Row.fetchAll(
        db,
        sql: "DELETE FROM demand WHERE account = ? RETURNING id, target, author, at",
        arguments: [account]
      )
      .sorted { ($0[0] as Int) < $1[0] }
      .map { row in
        Demand(
          account: account,
          target: row[1],
          author: row[2],
          date: Date(milliseconds: row[3])
        )
      }
    }
  }
}

extension Database {
  /// Nobody else has taken it since, whether it holds or not.
  func isHeld(_ lease: Lease) throws -> Bool {
    let held = try self.lease(of: lease.account).lease
    return held?.holder == lease.holder && held?.term == lease.term
  }

  /// The last term that there was, and the lease while it is not given back.
  fileprivate func lease(of account: String) throws -> (term: Int, lease: Lease?) {
    // Asked with each poll.
    let row = try Row.fetchOne(
      cachedStatement(sql: "SELECT * FROM lease WHERE account = ?"),
      arguments: [account]
    )
    guard let row else { return (0, nil) }
    return (row[2], row[1] == nil ? nil : Lease(row))
  }
}

extension Lease {
  fileprivate init(_ row: Row) {
    self.init(
      account: row[0],
      holder: row[1],
      term: row[2],
      settings: row[3],
      renewed: Date(milliseconds: row[4]),
      until: Date(milliseconds: row[5])
    )
  }
}
