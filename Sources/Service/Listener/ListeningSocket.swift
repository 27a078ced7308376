package import Configuration
import Glibc

/// A socket that is bound and listens.
package final class ListeningSocket: Sendable {
  package let descriptor: Int32
  /// With the port that the system picked, where the configured one is 0.
  package let address: ListenAddress

  /// - Throws: `ListenError`, a sentence on why it can't be had.
  package init(_ address: ListenAddress) throws(ListenError) {
    let family: Int32
    switch address {
    case .ipv4: family = AF_INET
    case .ipv6: family = AF_INET6
    case .unix(let path):
      family = AF_UNIX
      try Self.removeSocketOfDeadProgram(path)
    }
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, kind | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw ListenError(address, errno) }
    do throws(ListenError) {
      try Self.bind(descriptor, to: address)
      guard listen(descriptor, SOMAXCONN) == 0 else { throw ListenError(address, errno) }
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.address = address.bound(descriptor)
  }

  deinit {
    close(descriptor)
    if case .unix(let path) = address { unlink(path) }
  }

  private static func bind(
    _ descriptor: Int32,
    to address: ListenAddress
  ) throws(ListenError) {
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    if case .ipv6 = address {
      // Otherwise [::] would also take the port of IPv4.
      setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, size)
    }
    let result = address.withSocketAddress { Glibc.bind(descriptor, $0, $1) }
    guard result == 0 else { throw ListenError(address, errno) }
    // The user's own programs and those of the group, such as a proxy.
    if case .unix(let path) = address { chmod(path, 0o660) }
  }

  /// A program that was killed leaves its socket behind.
  private static func removeSocketOfDeadProgram(_ path: String) throws(ListenError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw ListenError("unix:\(path): there is a file of that name, which is no socket")
    }
    let address = ListenAddress.unix(path: path)
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(probe) }
    let result = address.withSocketAddress { connect(probe, $0, $1) }
    guard result != 0, errno == ECONNREFUSED else { throw ListenError(address, EADDRINUSE) }
    unlink(path)
  }
}

/// Why nothing can listen at an address.
package struct ListenError: Error, Hashable, Sendable {
  /// One sentence.
  package let text: String

  init(_ text: String) { self.text = text }

  init(_ address: ListenAddress, _ number: Int32) {
    let reason =
      switch number {
      case EADDRINUSE: "another program listens there; choose another address with --listen"
      case EADDRNOTAVAIL: "this machine has no such address"
      case EACCES, EPERM: "no permission to listen there"
      default: String(cString: strerror(number))
      }
    text = "\(address): \(reason)"
  }
}

extension ListenAddress {
  fileprivate func withSocketAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    switch self {
    case .ipv4(let host, let port):
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      inet_pton(AF_INET, host, &address.sin_addr)
      return Self.with(&address, body)
    case .ipv6(let host, let port):
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      inet_pton(AF_INET6, host, &address.sin6_addr)
      return Self.with(&address, body)
    case .unix(let path):
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      return Self.with(&address, body)
    }
  }

  private static func with<Address, Result>(
    _ address: inout Address,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }

  /// The same with the port that the socket has.
  fileprivate func bound(_ descriptor: Int32) -> Self {
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
    }
    // The port is at the same place in both.
    let port = UInt16(bigEndian: address.sin6_port)
    switch self {
    case .ipv4(let host, _): return .ipv4(host: host, port: port)
    case .ipv6(let host, _): return .ipv6(host: host, port: port)
    case .unix: return self
    }
  }
}
