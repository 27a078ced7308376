import CLinux
import Glibc

/// The listening socket, on 127.0.0.1 only.
struct Listener: Sendable {
  let descriptor: Int32
  let port: Int

  /// Listens on this port; 0 is any free one.
  init(port: Int) throws(SystemError) {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = try SystemError.check(socket(AF_INET, kind, 0))
    do throws(SystemError) {
      // Otherwise the port is in use for a minute after a simulator has ended.
      try Self.enable(SO_REUSEADDR, at: SOL_SOCKET, of: descriptor)
      self.port = try Self.bind(descriptor, to: port)
      _ = try SystemError.check(listen(descriptor, 1024))
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  /// The next waiting client's connection; nil if there is none.
  ///
  /// - Throws: `EMFILE` and the like; clients that have disconnected are skipped.
  func accept() throws(SystemError) -> Int32? {
    while true {
      let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
      let connection = accept4(descriptor, nil, nil, flags)
      if connection >= 0 {
        try? Self.enable(TCP_NODELAY, at: Int32(IPPROTO_TCP), of: connection)
        return connection
      }
      switch errno {
      case EAGAIN: return nil
      case EINTR, ECONNABORTED: continue
      default: throw .latest
      }
    }
  }

  func close() { Glibc.close(descriptor) }

  private static func enable(
    _ option: Int32,
    at level: Int32,
    of descriptor: Int32
  ) throws(SystemError) {
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    _ = try SystemError.check(setsockopt(descriptor, level, option, &on, size))
  }

  /// The port that it got.
  private static func bind(_ descriptor: Int32, to port: Int) throws(SystemError) -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        let bound = Glibc.bind(descriptor, address, size)
        return bound < 0 ? bound : getsockname(descriptor, address, &size)
      }
    }
    _ = try SystemError.check(result)
    return Int(in_port_t(bigEndian: address.sin_port))
  }
}
