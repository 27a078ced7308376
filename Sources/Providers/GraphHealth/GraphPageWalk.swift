/// Which page of a Graph list comes next, and when to stop.
///
/// It ends at the first page without a next one; a cursor seen before, or lost, ends a list that isn't
/// whole, as everything does that `ListWalk` objects to.
struct GraphPageWalk {
  enum Step: Hashable {
    case ask(after: String?)
    case end(ListWalk.End)
  }

  /// A hundred pages of a hundred are more numbers, and more templates, than a WABA can have.
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
      guard seen.insert(next).inserted else { return .end(.cut("a cursor comes again")) }
      cursor = next
      return .ask(after: next)
    }
  }

  /// The first page again, once, where Graph has forgotten the cursor; nil for any other error.
  ///
  /// What was read of the list until then is worth nothing.
  mutating func restart(after error: GraphError?) -> Step? {
    guard error?.code == 131_059, cursor != nil, !hasRestarted else { return nil }
    self = GraphPageWalk()
    hasRestarted = true
    return first
  }
}
