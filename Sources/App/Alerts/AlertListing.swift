import Alerts
import Canvas
import Configuration
import Health
import History
import Monitor
import Reports
import Screens

/// The receivers and how telling them goes, as text or JSON.
struct AlertListing {
  typealias Store = AlertRecords

  /// A receiver, or one of the addresses of an Alertmanager.
  struct Line {
    let receiver: ConfiguredReceiver
    let place: String
    let told: [ToldTrouble]
    let delivery: ChannelDelivery
  }

  /// So many of the notices that were sent or given up last are looked through for those given up.
  private static let mostFinished = 1_000
  private static let mostGivenUp = 20

  let lines: [Line]
  /// The latest first.
  let givenUp: [FinishedNotice]
  private let now: Moment

  init(
    of receivers: [ConfiguredReceiver],
    in store: (any Store)?,
    at now: Moment
  ) async throws(CommandFailure) {
    var lines: [Line] = []
    do throws(HistoryError) {
      for receiver in receivers {
        for place in receiver.places {
          let channel =
            receiver.isLive ? Receiver.channel(of: receiver.name, at: place) : receiver.name
          lines.append(
            Line(
              receiver: receiver,
              place: place,
              told: try await store?.told(to: channel) ?? [],
              delivery: try await store?.delivery(to: channel) ?? ChannelDelivery()
            )
          )
        }
      }
      let finished = try await store?.finishedNotices(limit: Self.mostFinished) ?? []
      givenUp = Array(finished.filter { $0.outcome == .givenUp }.prefix(Self.mostGivenUp))
    } catch {
      throw CommandFailure("the history can't be used: \(error.reason)")
    }
    self.lines = lines
    self.now = now
  }

  // MARK: Text

  var text: String {
    guard !lines.isEmpty else {
      return "No receiver is configured, so nobody is told; add one under alerts in config.yaml.\n"
    }
    let dead = givenUp.map { notice in
      "given up \(UTCTime(notice.date).text): notice \(notice.notice.id) to \(notice.notice.channel):"
        + " \(notice.notice.failure ?? "too old")"
    }
    return (lines.map(Self.text) + dead).map { $0.sanitized + "\n" }.joined()
  }

  private static func text(of line: Line) -> String {
    let delivery = line.delivery
    let parts = [
      "\(line.receiver.name) (\(line.place))",
      words(onLasting: line.told.count, hasSent: delivery.lastSent != nil),
      delivery.lastSent.map { "last sent \(UTCTime($0).text)" },
      delivery.waiting > 0 ? "\(delivery.waiting) waiting" : nil,
      delivery.dead > 0 ? "\(delivery.dead) given up" : nil,
      line.receiver.filter.isEmpty ? nil : "when \(line.receiver.filter.text)",
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
  }

  /// What lasts is to be told, and for a receiver that never accepted anything it never was.
  private static func words(onLasting count: Int, hasSent: Bool) -> String {
    let which = "\(count) that last\(count == 1 ? "s" : "")"
    switch (count, hasSent) {
    case (0, true): return "nothing lasts that it was told"
    case (0, false): return "was told nothing yet"
    case (_, true): return "was told of \(which)"
    case (_, false): return "has accepted nothing yet, of \(which)"
    }
  }

  // MARK: JSON

  /// Keys are always there; what is not known is `null`.
  var json: String {
    var writer = JSONWriter()
    var clock = ReportClock()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generated_at", clock.timestamp(now.date))
      writer.list("receivers", of: lines) { writer, line in
        writer.object { writer in
          writer.member("name", line.receiver.name)
          writer.member("place", line.place)
          writer.member("when", line.receiver.filter.text)
          writer.member("lasting", line.told.count)
          writer.member("waiting", line.delivery.waiting)
          writer.member("given_up", line.delivery.dead)
          writer.member("last_sent", line.delivery.lastSent.map { clock.timestamp($0) })
        }
      }
      writer.list("given_up", of: givenUp) { writer, notice in
        writer.object { writer in
          writer.member("id", notice.notice.id)
          writer.member("receiver", notice.notice.channel)
          writer.member("at", clock.timestamp(notice.date))
          writer.member("failure", notice.notice.failure)
        }
      }
    }
    return writer.finish()
  }
}

extension ConfiguredReceiver {
  /// Told again and again, without an outbox.
  fileprivate var isLive: Bool { if case .alertmanager = target { true } else { false } }
}

extension Wiring {
  /// What receivers were told, for commands that read it; nil where nothing was remembered yet.
  func openAlerts(
    _ paths: ConfigurationPaths
  ) async throws(CommandFailure) -> (any AlertListing.Store)? {
    guard FileContents.exists(paths.history.path) else { return nil }
    do throws(HistoryError) {
      return try await openHistory(in: paths.stateDirectory).store
    } catch {
      throw CommandFailure("the history can't be used: \(error.reason)")
    }
  }
}
