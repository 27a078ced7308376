import DequeModule

/// Decides which request is sent next if not all can be sent at once.
///
/// Each server has its own limit, so that one that never answers leaves room for the others. At the
/// total limit, the server with the fewest running requests comes first.
struct RequestSlots<Request> {
  let mostPerServer: Int
  /// A process has a limited number of descriptors for connections.
  let mostInAll: Int

  private var underWay: [Substring: Int] = [:]
  private var waiting: [Substring: Deque<Request>] = [:]
  private(set) var count = 0

  init(mostPerServer: Int, mostInAll: Int) {
    self.mostPerServer = mostPerServer
    self.mostInAll = mostInAll
  }

  var isEmpty: Bool { count == 0 && waiting.isEmpty }
  var hasWaiting: Bool { !waiting.isEmpty }

  /// Takes a slot.
  ///
  /// - Returns: Whether the request may be sent now; if not, `next()` returns it later.
  mutating func start(_ request: Request, to server: Substring) -> Bool {
    guard count < mostInAll, underWay[server, default: 0] < mostPerServer else {
      waiting[server, default: []].append(request)
      return false
    }
    occupy(server)
    return true
  }

  /// Releases the slot of a finished request.
  mutating func release(_ server: Substring) {
    count -= 1
    guard let number = underWay[server] else { return }
    underWay[server] = number > 1 ? number - 1 : nil
  }

  /// Takes a slot for the next waiting request, if there is one, and returns the request.
  mutating func next() -> Request? {
    guard !waiting.isEmpty, count < mostInAll else { return nil }
    let server = waiting.keys
      .filter { underWay[$0, default: 0] < mostPerServer }
      .min { underWay[$0, default: 0] < underWay[$1, default: 0] }
    guard let server, let request = waiting[server]?.popFirst() else { return nil }
    if waiting[server]?.isEmpty == true { waiting[server] = nil }
    occupy(server)
    return request
  }

  /// Removes the waiting requests that match.
  mutating func removeWaiting(where isMatch: (Request) -> Bool) -> [Request] {
    var removed: [Request] = []
    for (server, requests) in waiting where requests.contains(where: isMatch) {
      removed += requests.filter(isMatch)
      let rest = requests.filter { !isMatch($0) }
      waiting[server] = rest.isEmpty ? nil : Deque(rest)
    }
    return removed
  }

  private mutating func occupy(_ server: Substring) {
    underWay[server, default: 0] += 1
    count += 1
  }
}
