import Configuration
import Glibc

/// A client that says exactly what a test wants, byte by byte.
final class Client {
  private let descriptor: Int32

  /// Connects, and gives up reading after half a minute.
  init(_ address: ListenAddress) throws {
    switch address {
    case .ipv4(let host, let port):
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      inet_pton(AF_INET, host, &address.sin_addr)
      try Self.connect(descriptor, &address)
    case .ipv6(let host, let port):
      descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      inet_pton(AF_INET6, host, &address.sin6_addr)
      try Self.connect(descriptor, &address)
    case .unix(let path):
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      try Self.connect(descriptor, &address)
    }
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
  }

  deinit { close(descriptor) }

  private static func connect<Address>(_ descriptor: Int32, _ address: inout Address) throws {
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    guard result == 0 else { throw Failure(text: String(cString: strerror(errno))) }
  }

  struct Failure: Error { let text: String }

  /// Sends a text; false if the other side is gone.
  @discardableResult
  func send(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// What comes next; empty at the end, nil if nothing comes in time.
  func receive(atMost count: Int = 65_536) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: count)
    let received = recv(descriptor, &buffer, count, 0)
    if received < 0 { return errno == EAGAIN ? nil : [] }
    return Array(buffer.prefix(received))
  }

  /// Reads until the other side closes, or a text comes.
  func text(until end: String? = nil) -> String {
    var bytes: [UInt8] = []
    while let more = receive(), !more.isEmpty {
      bytes += more
      if let end, String(decoding: bytes, as: UTF8.self).contains(end) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// An answer, as far as tests look at it.
struct Answer {
  let status: Int
  let headers: [String: String]
  let body: String

  init(_ text: String) {
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = (parts.first ?? "").split(separator: "\r\n")
    status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    headers = lines.dropFirst().reduce(into: [:]) { headers, line in
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2 else { return }
      headers[sides[0].lowercased()] = sides[1].drop(while: \.isWhitespace).description
    }
    body = parts.count > 1 ? String(parts[1]) : ""
  }

  /// Asks on a connection of its own.
  static func to(
    _ target: String,
    method: String = "GET",
    host: String = "localhost",
    headers: [String] = [],
    at address: ListenAddress
  ) throws -> Self {
    let client = try Client(address)
    let lines = ["\(method) \(target) HTTP/1.1", "Host: \(host)", "Connection: close"] + headers
    client.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    return Self(client.text())
  }
}
