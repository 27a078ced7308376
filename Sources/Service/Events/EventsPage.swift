import Monitor

/// `/api/v1/events`.
struct EventsPage: Sendable {
  private let feed: EventFeed
  private let live: LiveState

  init(_ feed: EventFeed, _ live: LiveState) { (self.feed, self.live) = (feed, live) }

  var routes: [String: ServiceRoutes.Route] {
    ["/api/v1/events": ServiceRoutes.Route { request in .later { await answer(request) } }]
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    let filter: Filter
    do throws(QueryError) {
      filter = try Query(request, knowing: ["filter"]).filter(named: live.names())
    } catch {
      return error.response
    }
    let headers = [("Content-Type", "text/event-stream"), ("X-Accel-Buffering", "no")]
    guard request.method == "GET" else {
      return HTTPResponse(headers: headers, body: .bytes(ResponseBytes("")))
    }
    let last = request.headers[.lastEventID].flatMap { $0.isEmpty ? nil : $0 }
    let choice = filter.isEmpty ? nil : await EventChoice(filter, live)
    guard let stream = feed.subscribe(after: last, choice) else {
      return .busy("Too many clients follow the events.")
    }
    return HTTPResponse(headers: headers, body: .stream(stream))
  }
}
