package import Configuration
import Health
import Monitor

/// `/metrics`: made anew for each scrape, from what is known at that moment.
package struct MetricsPage: Sendable {
  private let live: LiveState
  private let polls: PollCounts
  private let detail: MetricsDetail
  private let masksNumbers: Bool
  private let version: String
  private let shared = SharedAnswers()

  package init(
    _ live: LiveState,
    polls: PollCounts,
    detail: MetricsDetail,
    masksNumbers: Bool,
    version: String
  ) {
    self.live = live
    self.polls = polls
    self.detail = detail
    self.masksNumbers = masksNumbers
    self.version = version
  }

  package var routes: [String: ServiceRoutes.Route] {
    ["/metrics": ServiceRoutes.Route { request in .later { await answer(request) } }]
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    let question = SharedAnswers.Question(request, at: await live.monitor.revision)
    return await shared.answer(to: question, at: live.time.now) { await make(request) }
  }

  private func make(_ request: HTTPRequest) async -> HTTPResponse {
    let metrics = Metrics(
      of: await live.snapshot(),
      polls: polls,
      detail: detail,
      masksNumbers: masksNumbers,
      version: version
    )
    let format = MetricsFormat(accepted: request.headers[.accept])
    return HTTPResponse(
      type: format.contentType,
      headers: [("Vary", "Accept, Accept-Encoding")],
      metrics.text(as: format)
    )
    .compressed(for: request)
  }
}
