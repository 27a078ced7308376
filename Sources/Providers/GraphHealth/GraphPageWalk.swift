/// Which page of a Graph list comes next, and when to stop.
///
/// It ends at the first page without a next one. If a cursor repeats or is lost, or `ListWalk`
/// finds a fault, the list is incomplete.
struct GraphPageWalk {
  enum Step: Hashable {
    case ask(after: String?)
    case end(ListWalk.End)
  }

  /// A hundred pages of a hundred: more numbers, and more templates, than a WABA can have.
  static let mostPages = 100

  private var list = ListWalk(mostPages: mostPages)
  private var cursor: String?
  private var seen: Set<String> = []
  private var hasRestarted = false

  var first: Step { .ask(after: nil) }

  var entries: Int { list.entries }

  mutating func step(after page: GraphPage) -> Step {
    let ids = page.items.map { $0["id"]?.nonBlankText }
    if let end = list.take(ids, hasNext: page.next != .none, total: page.total) { return .end(end) }
    switch page.next {
    case .none: return .end(.whole)
    case .lost(let reason): return .end(.cut(reason))
    case .after(let next):
      guard seen.insert(next).inserted else { return .end(.cut("a cursor repeats")) }
      cursor = next
      return .ask(after: next)
    }
  }

  /// Restarts at the first page, once, if Graph has forgotten the cursor; nil for any other error.
  ///
  /// What was read before is discarded.
  mutating func restart(after error: GraphError?) -> Step? {
    guard error?.code == 131_059, cursor != nil, !hasRestarted else { return nil }
    self = GraphPageWalk()
    hasRestarted = true
    return first
  }
}
