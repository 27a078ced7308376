package import Health
package import History
package import Monitor

package import struct FoundationEssentials.Date

/// The incidents of a window of time, with the names that their victims have now.
package struct IncidentReport: Sendable {
  package let generatedAt: Date
  package let window: Range<Date>
  /// The one that began last at the end.
  package let incidents: [HistoryIncident]

  /// Reads a report from a history.
  ///
  /// - Parameters:
  ///   - request: The window, and which numbers are meant.
  ///   - store: The history.
  ///   - fleet: The numbers as they are now.
  ///   - now: The time.
  /// - Returns: The report.
  /// - Throws: `HistoryError` if it can't be read.
  package static func read(
    _ request: HistoryReport.Request,
    from store: any HistoryQueries,
    of fleet: Fleet,
    at now: Moment
  ) async throws(HistoryError) -> Self {
    let incidents = try await store.incidents(in: request.window)
    let numbers = KnownNumbers(fleet: fleet, now: now)
    return Self(
      generatedAt: now.date,
      window: request.window,
      incidents: HistoryIncident.all(of: incidents, NumberSelection(request, numbers, names: [:]))
    )
  }

  /// The JSON is a promise, as that of `check`; each incident is as in that of `history`.
  package func json(onlyOpen: Bool) -> String {
    var writer = JSONWriter()
    var clock = ReportClock()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generated_at", clock.timestamp(generatedAt))
      writer.member("since", clock.timestamp(window.lowerBound))
      writer.member("until", clock.timestamp(window.upperBound))
      let told = incidents.filter { !onlyOpen || $0.incident.end == nil }
      writer.list("incidents", of: told) { writer, incident in incident.write(to: &writer, &clock) }
    }
    return writer.finish()
  }
}
