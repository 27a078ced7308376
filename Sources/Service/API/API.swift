import Health
import Monitor
import Reports

/// The paths for programs: the JSON that `check` and `history` print.
package struct API: Sendable {
  let live: LiveState
  /// The history is read by one at a time, and another one may wait: fewer than there are answers at once, so
  /// that the other paths are answered meanwhile.
  let historySlots = AnswerSlots(count: 1, mostWaiting: 1)
  private let shared = SharedAnswers()

  package init(_ live: LiveState) { self.live = live }

  package var routes: [String: ServiceRoutes.Route] {
    [
      "/api/v1/numbers": route { (request) throws(QueryError) in try await numbers(request) },
      "/api/v1/incidents": route { (request) throws(QueryError) in try await incidents(request) },
      "/api/v1/history": route { (request) throws(QueryError) in try await history(request) },
    ]
  }

  private func route(
    _ answer: @escaping @Sendable (HTTPRequest) async throws(QueryError) -> HTTPResponse
  ) -> ServiceRoutes.Route {
    ServiceRoutes.Route { request in
      .later {
        do throws(QueryError) {
          return try await answer(request)
        } catch {
          return error.response
        }
      }
    }
  }

  private func numbers(_ request: HTTPRequest) async throws(QueryError) -> HTTPResponse {
    let query = try Query(request, knowing: ["filter"])
    let filter = try query.filter(named: live.names())
    let question = SharedAnswers.Question(request, at: await live.monitor.revision)
    return await shared.answer(to: question, at: live.time.now) {
      let report = CheckReport(of: await live.fleet(), filter: filter, at: live.time.now)
      return .json(report.json, for: request).compressed(for: request)
    }
  }
}

extension HTTPResponse {
  /// A report, or only that it is the same as what the client has.
  ///
  /// The time of the report is no part of what it says.
  static func json(_ text: String, for request: HTTPRequest) -> Self {
    let tag = EntityTag(ignoringTimeOf: text)
    let headers = [("ETag", tag.text), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding")]
    guard !tag.isAmong(request.headers[.ifNoneMatch]) else {
      return Self(status: 304, headers: headers, body: .bytes(ResponseBytes("")))
    }
    return Self(type: jsonType, headers: headers, ResponseBytes(text))
  }
}

/// Says whether two reports are the same; weak, because their times differ.
struct EntityTag {
  let text: String

  init(ignoringTimeOf report: String) {
    var hasher = Hasher()
    for line in report.split(separator: "\n", maxSplits: 4) where !line.contains("\"generated_at\"")
    {
      hasher.combine(line)
    }
    text = "W/\"\(String(UInt(bitPattern: hasher.finalize()), radix: 16))\""
  }

  func isAmong(_ list: String?) -> Bool {
    guard let list else { return false }
    return list.split(separator: ",").contains { entry in
      let entry = entry.drop(while: \.isWhitespace)
      return entry == "*" || entry.prefix { !$0.isWhitespace } == text
        || "W/" + entry.prefix { !$0.isWhitespace } == text
    }
  }
}
