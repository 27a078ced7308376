import CLinux
import Glibc

/// Finds descriptors that can be read or written (epoll).
struct Poller: Sendable {
  /// What to wait for; a hang-up is always reported.
  enum Interest {
    case reading
    case writing
    /// Only a hang-up.
    case hangup
  }

  struct Event {
    let descriptor: Int32
    let canRead: Bool
    let canWrite: Bool
    /// Whether the client has closed or reset the connection.
    let isOver: Bool
  }

  private let descriptor: Int32

  init() throws(SystemError) {
    descriptor = try SystemError.check(epoll_create1(Int32(EPOLL_CLOEXEC)))
  }

  func add(_ descriptor: Int32, for interest: Interest) throws(SystemError) {
    try control(EPOLL_CTL_ADD, descriptor, interest)
  }

  func change(_ descriptor: Int32, to interest: Interest) throws(SystemError) {
    try control(EPOLL_CTL_MOD, descriptor, interest)
  }

  func remove(_ descriptor: Int32) { epoll_ctl(self.descriptor, EPOLL_CTL_DEL, descriptor, nil) }

  /// Waits for events at most this long (nil: forever), and stores them in `events`.
  func wait(for time: Duration?, into events: inout [Event]) {
    events.removeAll(keepingCapacity: true)
    withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { buffer in
      let count = epoll_wait(descriptor, buffer.baseAddress, 256, Self.milliseconds(time))
      // Negative is EINTR: the next turn waits again.
      for index in 0..<Int(max(count, 0)) { events.append(Event(buffer[index])) }
    }
  }

  func close() { Glibc.close(descriptor) }

  private func control(
    _ operation: Int32,
    _ descriptor: Int32,
    _ interest: Interest
  ) throws(SystemError) {
    var event = epoll_event()
    event.data.fd = descriptor
    event.events =
      switch interest {
      case .reading: EPOLLIN.rawValue
      case .writing: EPOLLOUT.rawValue | EPOLLRDHUP.rawValue
      case .hangup: EPOLLRDHUP.rawValue
      }
    _ = try SystemError.check(epoll_ctl(self.descriptor, operation, descriptor, &event))
  }

  /// Rounded up, so that the awaited timer is due afterwards.
  private static func milliseconds(_ time: Duration?) -> Int32 {
    guard let time else { return -1 }
    guard time < .seconds(60) else { return 60_000 }
    return max(0, Int32((time / .milliseconds(1)).rounded(.up)))
  }
}

extension Poller.Event {
  fileprivate init(_ event: epoll_event) {
    descriptor = event.data.fd
    canRead = event.events & EPOLLIN.rawValue != 0
    canWrite = event.events & EPOLLOUT.rawValue != 0
    isOver = event.events & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
  }
}
