/// How far a list of pages has been read, and why reading ends where it does: a value, so that it is
/// tested without requests.
///
/// A list is whole only where its provider says so and nothing speaks against it. Pages that repeat,
/// that are empty and yet not the last, or that never end make it one that is not: numbers may be
/// missing from it, and what is missing must not look fine.
struct ListWalk: Sendable {
  enum End: Hashable, Sendable {
    case whole
    /// Why entries may be missing, as a clause.
    case cut(String)
  }

  /// More than an account can have numbers.
  private static let mostEntries = 100_000
  private let mostPages: Int
  private var pages = 0
  private var seen: Set<String> = []
  /// Entries that don't say which they are can't repeat.
  private var unnamed = 0

  init(mostPages: Int = 1_000) { self.mostPages = mostPages }

  var entries: Int { seen.count + unnamed }

  /// Takes a page.
  ///
  /// - Parameters:
  ///   - ids: One for each entry, nil where it has none.
  ///   - hasNext: The page, or a total that came with it, says that there is more.
  ///   - total: How many entries the provider says that there are.
  /// - Returns: Nil where the next page is to be asked for.
  mutating func take(_ ids: [String?], hasNext: Bool, total: Int? = nil) -> End? {
    pages += 1
    let before = entries
    for id in ids {
      if let id { seen.insert(id) } else { unnamed += 1 }
    }
    let isNew = entries > before
    guard hasNext else {
      if !ids.isEmpty, !isNew { return .cut("its last page repeats an earlier one") }
      if let total, entries < total { return .cut("only \(entries) of \(total) entries came") }
      return .whole
    }
    if ids.isEmpty { return .cut("an empty page says that there is more") }
    if !isNew { return .cut("its pages repeat") }
    if pages >= mostPages || entries >= Self.mostEntries {
      return .cut("it has no end after \(pages) pages")
    }
    return nil
  }

  /// Such an entry could be any that seems to be gone.
  static let nameless = "an entry has no id"

  /// What the account says of itself.
  static func sentence(_ reason: String, of subject: String, read entries: Int) -> String {
    "List incomplete: \(reason) (\(subject), \(entries) read)."
  }
}
