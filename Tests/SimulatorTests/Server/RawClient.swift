import Glibc

/// A client that sends and shows bytes as they are.
final class RawClient {
  enum End {
    case closed
    case reset
    /// Nothing more came in time.
    case open
  }

  let descriptor: Int32

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else { throw Failure(code: errno) }
  }

  deinit { close(descriptor) }

  struct Failure: Error { let code: Int32 }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What comes until the connection ends, nothing comes for a while, or the condition holds.
  func read(
    within milliseconds: Int32 = 2000,
    until isDone: (String) -> Bool = { _ in false }
  ) -> (text: String, end: End) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if isDone(text) { return (text, .open) }
      var poll = pollfd(descriptor, events: Int16(POLLIN))
      guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return (text, .open) }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return (text, count == 0 ? .closed : .reset) }
      bytes += buffer[..<count]
    }
  }

  /// The next answer, whole by its `Content-Length`.
  func readAnswer() -> String {
    read { text in
      let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let match = parts[0].firstMatch(of: /Content-Length: (\d+)/) else {
        return false
      }
      return parts[1].utf8.count >= Int(match.1) ?? 0
    }
    .text
  }
}

extension pollfd {
  fileprivate init(_ descriptor: Int32, events: Int16) {
    self.init(fd: descriptor, events: events, revents: 0)
  }
}
