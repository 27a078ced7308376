import Foundation
import Glibc
import Health
import History
import Screens
import ServiceLifecycle

/// When a user last ended the dashboard, kept beside the history: one file for each user.
struct LastVisit: Sendable {
  private let path: String

  init(in directory: String, user: uid_t = getuid()) {
    path = "\(directory)/last-visit-\(user)"
  }

  /// Nil where there was none, or nobody can read it.
  var date: Date? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return try? Date(text.trimmingCharacters(in: .whitespacesAndNewlines), strategy: .iso8601)
  }

  /// Nothing depends on it, so a disk that is full is no fault.
  func note(_ date: Date) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let line = Array((date.formatted(.iso8601) + "\n").utf8)
    _ = write(descriptor, line, line.count)
  }
}

/// Shows what changed since the last visit, and notes the end of this one.
struct VisitService: Service {
  let visit: LastVisit
  let history: HistorySource
  let model: ScreenModel
  let time: any TimeSource

  private static let interval = Duration.seconds(1)

  func run() async throws {
    await cancelWhenGracefulShutdown { await look() }
    visit.note(time.now.date)
  }

  private func look() async {
    guard let last = visit.date else { return await untilCancelled() }
    while !Task.isCancelled {
      if let history = history(), let changed = try? await history.numbersChanged(after: last) {
        await model.adopt(changed: changed, since: last)
        return await untilCancelled()
      }
      try? await time.sleep(untilNext: Self.interval)
    }
  }

  private func untilCancelled() async {
    while !Task.isCancelled { try? await time.sleep(until: time.now + .seconds(3600)) }
  }
}
