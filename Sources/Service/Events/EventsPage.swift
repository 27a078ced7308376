import Monitor

/// `/api/v1/events`.
package struct EventsPage: Sendable {
  private let feed: EventFeed

  package init(_ feed: EventFeed) { self.feed = feed }

  package var routes: [String: ServiceRoutes.Route] {
    ["/api/v1/events": ServiceRoutes.Route { request in .now(answer(request)) }]
  }

  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    do throws(QueryError) {
      _ = try Query(request, knowing: [])
    } catch {
      return error.response
    }
    let headers = [("Content-Type", "text/event-stream"), ("X-Accel-Buffering", "no")]
    guard request.method == "GET" else {
      return HTTPResponse(headers: headers, body: .bytes(ResponseBytes("")))
    }
    let last = request.headers[.lastEventID].flatMap { $0.isEmpty ? nil : $0 }
    guard let stream = feed.subscribe(after: last) else {
      return .busy("Too many clients follow the events.")
    }
    return HTTPResponse(headers: headers, body: .stream(stream))
  }
}
