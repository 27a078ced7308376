import Canvas
import Monitor

package import struct FoundationEssentials.Date

/// How telling a receiver of alerts goes.
package struct ReceiverLine: Hashable, Sendable {
  /// Such as `ops (http://am1:9093)`.
  package let title: String
  /// Why the last try failed; nil while it works.
  package let failure: String?
  package let lastSent: Date?
  package let waiting: Int
  package let dead: Int
  package let dropped: Int

  package init(
    title: String,
    failure: String?,
    lastSent: Date?,
    waiting: Int,
    dead: Int,
    dropped: Int
  ) {
    self.title = title
    self.failure = failure
    self.lastSent = lastSent
    self.waiting = waiting
    self.dead = dead
    self.dropped = dropped
  }

  /// In one line, such as `ops (http://am1:9093): answered 503 · 3 waiting`.
  func text(at now: Date, _ separator: String) -> String {
    let last = lastSent.map { sent in
      "last sent \(Age(.seconds(max(0, now.timeIntervalSince(sent)))).text) ago"
    }
    let parts = [
      failure ?? (last == nil ? "nothing to tell yet" : nil), last,
      waiting > 0 ? "\(waiting) waiting" : nil, dead > 0 ? "\(dead) given up" : nil,
      dropped > 0 ? "\(dropped) not told" : nil,
    ]
    return "\(title): " + parts.compactMap(\.self).joined(separator: separator)
  }
}
