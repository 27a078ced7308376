import Configuration
import Glibc

/// What started this process as a service and wants to know how it is: systemd's protocol of
/// datagrams (`sd_notify(3)`), without its library.
struct ServiceManager: Sendable {
  /// A line of a message, as the protocol has it.
  enum Line: Hashable, Sendable {
    case ready
    case status(String)
    /// The configuration is read again; `ready` follows, whatever came of it.
    case reloading(at: Duration)
    case stopping
    case alive

    var text: String {
      switch self {
      case .ready: "READY=1"
      case .status(let text): "STATUS=\(text)"
      case .reloading(let uptime): "RELOADING=1\nMONOTONIC_USEC=\(uptime.microseconds)"
      case .stopping: "STOPPING=1"
      case .alive: "WATCHDOG=1"
      }
    }
  }

  /// How long it may hear nothing before it restarts this process; nil if it doesn't watch.
  let patience: Duration?
  /// A path, or a name in the abstract namespace after `@`.
  private let address: String

  /// Nil for a process that nothing supervises.
  ///
  /// - Parameters:
  ///   - environment: Where the service manager left its address.
  ///   - process: The number of this process; the watchdog may mean another one.
  init?(_ environment: ProcessEnvironment, process: Int32 = getpid()) {
    guard let address = environment.value("NOTIFY_SOCKET"),
      address.hasPrefix("/") || address.hasPrefix("@"), address.utf8.count > 1
    else { return nil }
    self.address = address
    let watched = environment.value("WATCHDOG_PID").map { $0 == String(process) } ?? true
    let microseconds = environment.value("WATCHDOG_USEC").flatMap { Int64($0) }
    patience = watched ? microseconds.flatMap { $0 > 0 ? .microseconds($0) : nil } : nil
  }

  /// Sends the lines as one message.
  ///
  /// It waits for nothing, and a message that can't be delivered is dropped: a service works as well
  /// without its manager.
  ///
  /// - Returns: Whether it was delivered.
  @discardableResult
  func tell(_ lines: Line...) -> Bool {
    guard var name = socketName else { return false }
    let descriptor = socket(
      AF_UNIX,
      Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
      0
    )
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let message = Array(lines.map(\.text).joined(separator: "\n").utf8)
    // An address in the abstract namespace has no NUL at its end, so its length counts.
    let length = MemoryLayout<sa_family_t>.size + address.utf8.count + (isAbstract ? 0 : 1)
    return withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let sent = sendto(descriptor, message, message.count, flags, pointer, socklen_t(length))
        return sent == message.count
      }
    }
  }

  /// The clock by which the manager tells which reload a message is about.
  static var uptime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private var isAbstract: Bool { address.hasPrefix("@") }

  /// Nil if the address is too long for a socket.
  private var socketName: sockaddr_un? {
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    let bytes = isAbstract ? [0] + address.utf8.dropFirst() : Array(address.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
    return name
  }
}

extension Duration {
  fileprivate var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}
