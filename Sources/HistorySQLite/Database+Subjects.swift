import Foundation
import GRDB
import Health
import History
import Monitor

extension Database {
  /// The row of a subject, made where there is none, with the names of today where they are given.
  func row(of subject: Subject, names: Names?) throws -> Int64 {
    let key = SubjectKey(subject)
    let found = try Row.fetchOne(
      cachedStatement(
        sql: "SELECT id, text, detail FROM subject WHERE kind = ? AND scope = ? AND key = ?"
      ),
      arguments: [key.kind, key.scope, key.key]
    )
    guard let found else {
      let names = names ?? Names(subject.plainName)
      try cachedStatement(
        sql: "INSERT INTO subject (kind, scope, key, text, detail) VALUES (?, ?, ?, ?, ?)"
      )
      .execute(arguments: [key.kind, key.scope, key.key, names.text, names.detail])
      return lastInsertedRowID
    }
    let id: Int64 = found[0]
    if let names, names != Names(found[1], detail: found[2]) {
      try cachedStatement(sql: "UPDATE subject SET text = ?, detail = ? WHERE id = ?")
        .execute(arguments: [names.text, names.detail, id])
    }
    return id
  }

  /// The row of a subject; nil where nothing is known of it.
  func existingRow(of subject: Subject) throws -> Int64? {
    let key = SubjectKey(subject)
    return try Int64.fetchOne(
      cachedStatement(sql: "SELECT id FROM subject WHERE kind = ? AND scope = ? AND key = ?"),
      arguments: [key.kind, key.scope, key.key]
    )
  }

  /// The row of bytes, which are kept once.
  func row(ofContent bytes: [UInt8]) throws -> Int64 {
    let body = Data(bytes)
    let hash = ContentHash.of(bytes)
    let found = try Int64.fetchOne(
      cachedStatement(sql: "SELECT id FROM content WHERE hash = ? AND body = ?"),
      arguments: [hash, body]
    )
    if let found { return found }
    try cachedStatement(sql: "INSERT INTO content (hash, body) VALUES (?, ?)")
      .execute(arguments: [hash, body])
    return lastInsertedRowID
  }

  /// The row of a value in words, such as a reason.
  func row(ofWords value: some Encodable) throws -> Int64 {
    try row(ofContent: Array(Self.encoder.encode(value)))
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    // The same bytes for the same value.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

extension Subject {
  /// Until somebody says a better name.
  fileprivate var plainName: String {
    switch self {
    case .number(let id): id.target ?? id.account
    case .entity(let reference): reference.id
    case .account(let name): name
    case .template(_, let id): id
    case .cause(let key): key
    case .program: "wabatop"
    }
  }
}
