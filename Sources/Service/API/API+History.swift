import FoundationEssentials
import Health
import History
import Monitor
import Reports

// What is remembered.
extension API {
  func history(_ request: HTTPRequest) async throws(QueryError) -> HTTPResponse {
    let query = try Query(request, knowing: ["since", "until", "by", "filter"])
    let now = live.time.now
    let asked = HistoryReport.Request(
      window: try query.window(at: now),
      grouping: try query.choice("by", HistoryReport.Grouping.self) ?? .number,
      filter: try query.filter(named: live.names()),
      includesDifferences: true
    )
    return await answer(request) { store throws(HistoryError) in
      try await HistoryReport.read(asked, from: store, at: now).json
    }
  }

  func incidents(_ request: HTTPRequest) async throws(QueryError) -> HTTPResponse {
    let query = try Query(request, knowing: ["since", "until", "open", "filter"])
    let now = live.time.now
    let asked = HistoryReport.Request(
      window: try query.window(at: now),
      filter: try query.filter(named: live.names())
    )
    let isOpenOnly = try query.choice("open", YesOrNo.self) == .yes
    let fleet = await live.fleet()
    return await answer(request) { store throws(HistoryError) in
      try await IncidentReport.read(asked, from: store, of: fleet, at: now)
        .json(onlyOpen: isOpenOnly)
    }
  }

  private func answer(
    _ request: HTTPRequest,
    _ read: (any HistoryStore) async throws(HistoryError) -> String
  ) async -> HTTPResponse {
    guard let store = live.history() else { return .withoutHistory("It is not open yet") }
    var response = HTTPResponse.busy("Too much of the history is asked for at once.")
    await historySlots.run {
      do throws(HistoryError) {
        response = .json(try await read(store), for: request).compressed(for: request)
      } catch {
        response = .withoutHistory(error.reason)
      }
    }
    return response
  }
}

private enum YesOrNo: String, CaseIterable {
  case yes
  case no
}

extension Query {
  /// The last 24 hours, unless it says otherwise.
  fileprivate func window(at now: Moment) throws(QueryError) -> Range<Date> {
    let start = try time("since", at: now.date) ?? now.date.addingTimeInterval(-86_400)
    let end = min(try time("until", at: now.date) ?? now.date, now.date)
    guard start < end else {
      throw QueryError("since must be before until, and not in the future", in: "since")
    }
    return start..<end
  }
}

extension HTTPResponse {
  fileprivate static func withoutHistory(_ reason: String) -> Self {
    .failure(
      "the history can't be read: \(reason)",
      status: 503,
      headers: [("Retry-After", "5")]
    )
  }
}
