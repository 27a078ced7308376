import Glibc
import Synchronization

/// How many connections there may be, and for how long without a request.
package struct ListenerLimits: Sendable {
  /// Connections in all.
  package var connections = 256
  /// Places for new clients: those that are idle for longest are closed for them.
  package var reserve = 32
  /// Connections of one address, unless it is this machine.
  package var connectionsPerAddress = 64
  /// The largest head of a request, in bytes.
  package var largestHead = 32 * 1024
  /// From the connection to the end of its first request's head.
  package var headTime = Duration.seconds(10)
  /// From one request to the next.
  package var idleTime = Duration.seconds(75)
  /// For a response that is no stream.
  package var responseTime = Duration.seconds(120)
  /// Without any byte, in either direction.
  package var silence = Duration.seconds(30)
  /// Bytes of responses that wait for their clients.
  package var bytesInFlight = 256 << 20
  /// Answers of one path that are made at once, on threads of low priority: with more, who floods one path
  /// would hold up the threads for all.
  package var answersAtOnce = 1
  /// Requests for one path that wait for their turn; more are refused.
  package var answersWaiting = 32

  package init() {}
}

/// The open connections, each with what it does.
///
/// libmicrohttpd only closes what is silent. A client that sends its head byte by byte, or reads as
/// slowly, is closed from here: its socket is shut down, and libmicrohttpd does the rest.
final class ConnectionTable: Sendable {
  enum Stage: Int, Comparable, Sendable {
    /// Nothing was asked yet.
    case new
    case idle
    case answering
    case streaming
    /// Its socket is shut down.
    case ending

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  private struct Entry {
    let descriptor: Int32
    var stage: Stage
    var since: Duration
  }

  private let limits: ListenerLimits
  private let entries = Mutex<[UInt: Entry]>([:])

  init(limits: ListenerLimits) { self.limits = limits }

  var count: Int { entries.withLock(\.count) }

  func open(_ connection: UInt, descriptor: Int32, at now: Duration) {
    entries.withLock { entries in
      entries[connection] = Entry(descriptor: descriptor, stage: .new, since: now)
      guard entries.count > limits.connections - limits.reserve else { return }
      if let least = Self.leastNeeded(of: entries, besides: connection) {
        Self.end(least, in: &entries)
      }
    }
  }

  /// Whether somebody waits for an answer at the other end.
  ///
  /// A client that only closed its sending half looks as if it had left.
  func isThere(_ connection: UInt) -> Bool {
    entries.withLock { entries in
      guard let entry = entries[connection], entry.stage != .ending else { return false }
      var byte: UInt8 = 0
      let count = recv(entry.descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
      return count > 0 || count < 0 && errno == EAGAIN
    }
  }

  /// libmicrohttpd closes the descriptor after this.
  func close(_ connection: UInt) { entries.withLock { $0[connection] = nil } }

  func set(_ stage: Stage, of connection: UInt, at now: Duration) {
    entries.withLock { entries in
      entries[connection]?.stage = stage
      entries[connection]?.since = now
    }
  }

  /// Shuts down what takes too long.
  func advance(to now: Duration) {
    entries.withLock { entries in
      for (connection, entry) in entries {
        guard let limit = limit(of: entry.stage), now - entry.since > limit else { continue }
        Self.end(connection, in: &entries)
      }
    }
  }

  private func limit(of stage: Stage) -> Duration? {
    switch stage {
    case .new: limits.headTime
    case .idle: limits.idleTime
    case .answering: limits.responseTime
    case .streaming, .ending: nil
    }
  }

  /// The one that has been without a request for longest, else the one that is answered for longest.
  private static func leastNeeded(of entries: [UInt: Entry], besides new: UInt) -> UInt? {
    entries.filter { $0.key != new && $0.value.stage < .streaming }
      .min { left, right in
        (left.value.stage == .answering ? 1 : 0, left.value.since)
          < (right.value.stage == .answering ? 1 : 0, right.value.since)
      }?.key
  }

  /// It stays in the table until libmicrohttpd closes it, so its descriptor is nobody else's.
  private static func end(_ connection: UInt, in entries: inout [UInt: Entry]) {
    guard let entry = entries[connection] else { return }
    shutdown(entry.descriptor, Int32(SHUT_RDWR))
    entries[connection]?.stage = .ending
  }
}
