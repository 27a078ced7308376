/// The progress of reading a list of pages, and why it ends: a value that can be tested without
/// requests.
///
/// A list is complete only if the provider says so and nothing contradicts it. If pages repeat,
/// never end, or are empty without being the last, the list is incomplete: numbers may be missing,
/// and missing numbers must not look fine.
struct ListWalk: Sendable {
  enum End: Hashable, Sendable {
    case whole
    /// Why entries may be missing, as a clause.
    case cut(String)
  }

  /// More entries than an account can have numbers.
  private static let mostEntries = 100_000
  private let mostPages: Int
  private var pages = 0
  private var seen: Set<String> = []
  /// Entries without an id can't repeat.
  private var unnamed = 0

  init(mostPages: Int = 1_000) { self.mostPages = mostPages }

  var entries: Int { seen.count + unnamed }

  /// Adds a page.
  ///
  /// - Parameters:
  ///   - ids: One for each entry, nil if it has none.
  ///   - hasNext: Whether the page, or a total that came with it, says that there are more.
  ///   - total: The provider's count of entries.
  /// - Returns: Nil if the next page is to be requested.
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
      return .cut("it does not end after \(pages) pages")
    }
    return nil
  }

  /// Such an entry could be any that seems to be gone.
  static let nameless = "an entry has no id"

  /// The sentence that is shown for the account.
  static func sentence(_ reason: String, of subject: String, read entries: Int) -> String {
    "List incomplete: \(reason) (\(subject), \(entries) read)."
  }
}
