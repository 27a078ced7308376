/// Which page of a list comes next, and when to stop: a value, so that it is tested without requests.
///
/// It ends at the first page without a next one, or without items. A cursor seen before and too many
/// pages end it as well, and then the list isn't whole.
struct GraphPageWalk {
  enum Step: Hashable {
    case ask(after: String?)
    case end(isWhole: Bool)
  }

  /// A hundred pages of a hundred are more numbers, and more templates, than a WABA can have.
  static let mostPages = 100

  private var pages = 0
  private var cursor: String?
  private var seen: Set<String> = []
  private var hasRestarted = false

  var first: Step { .ask(after: nil) }

  mutating func step(after page: GraphPage) -> Step {
    pages += 1
    guard let next = page.next, !page.items.isEmpty else { return .end(isWhole: true) }
    guard pages < Self.mostPages, seen.insert(next).inserted else { return .end(isWhole: false) }
    cursor = next
    return .ask(after: next)
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
