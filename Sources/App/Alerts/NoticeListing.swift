import Alerts
import Canvas
import Health
import History
import Reports
import Screens

/// The notices that were sent or given up, the latest last, as text or JSON.
struct NoticeListing {
  let notices: [FinishedNotice]
  let now: Moment

  init(
    of store: (any AlertRecords)?,
    limit: Int,
    at now: Moment
  ) async throws(CommandFailure) {
    do throws(HistoryError) {
      notices = try await store?.finishedNotices(limit: limit).reversed() ?? []
    } catch {
      throw CommandFailure("the history can't be used: \(error.reason)")
    }
    self.now = now
  }

  var text: String {
    guard !notices.isEmpty else { return "No webhook or program was told anything yet.\n" }
    return notices.map { UTCTime($0.date).text + "  " + Self.words(of: $0).sanitized + "\n" }
      .joined()
  }

  /// Such as `sent to hook: incident_started, WABA 102: payment failed, 9 numbers`.
  private static func words(of finished: FinishedNotice) -> String {
    let (notice, said) = (finished.notice, NoticeSummary(body: finished.notice.body))
    let what = [said?.event, said?.summary].compactMap(\.self).joined(separator: ", ")
    let outcome = finished.outcome == .sent ? "sent to" : "given up for"
    let why = notice.failure.map { " (\($0))" } ?? ""
    return "\(outcome) \(notice.channel): \(what)\(why)"
  }

  /// Keys are always there; what is not known is `null`.
  var json: String {
    var writer = JSONWriter()
    var clock = ReportClock()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generated_at", clock.timestamp(now.date))
      writer.list("notices", of: notices) { writer, finished in
        let said = NoticeSummary(body: finished.notice.body)
        writer.object { writer in
          writer.member("id", finished.notice.id)
          writer.member("receiver", finished.notice.channel)
          writer.member("event", said?.event)
          writer.member("summary", said?.summary)
          writer.member("created", clock.timestamp(finished.notice.date))
          writer.member("at", clock.timestamp(finished.date))
          writer.member("outcome", finished.outcome == .sent ? "sent" : "given_up")
          writer.member("failures", finished.notice.attempts)
          writer.member("failure", finished.notice.failure)
        }
      }
    }
    return writer.finish()
  }
}
