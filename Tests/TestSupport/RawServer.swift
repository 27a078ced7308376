import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// A server that does with each connection what a closure says, right or wrong.
///
/// A thread a connection, with sockets that block: what happens on the wire is what stands in the test.
package final class RawServer: Sendable {
  package let port: Int
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var connections = 0
    var open: Set<Int32> = []
    var hasEnded = false
  }

  package typealias Script = @Sendable (RawConnection) -> Void

  /// Listens on a free port of 127.0.0.1.
  ///
  /// - Parameter script: Is run for each connection, on a thread of its own; its end closes it.
  /// - Throws: Where it cannot listen.
  package init(_ script: @escaping Script) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { [listener] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listen(listener, 512) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    guard result else { throw RawServerError(number: errno) }
    port = Int(UInt16(bigEndian: address.sin_port))
    DetachedThread.start { self.accept(script) }
  }

  /// Gives every request the same bytes; nothing is answered to nothing.
  package convenience init(answering bytes: [UInt8], closes: Bool = false) throws {
    try self.init { connection in
      while connection.readHead() != nil {
        connection.write(bytes)
        if closes { return }
      }
    }
  }

  /// Connections that were made so far.
  package var connections: Int { state.withLock(\.connections) }

  /// Connections that neither side has closed.
  package var open: Int { state.withLock(\.open.count) }

  package func stop() {
    let open = state.withLock { state in
      state.hasEnded = true
      return state.open
    }
    shutdown(listener, Int32(SHUT_RDWR))
    for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  private func accept(_ script: @escaping Script) {
    while true {
      let descriptor = Glibc.accept(listener, nil, nil)
      guard descriptor >= 0 else { break }
      let number = state.withLock { state in
        state.connections += 1
        if state.hasEnded { return 0 }
        state.open.insert(descriptor)
        return state.connections
      }
      DetachedThread.start {
        script(RawConnection(descriptor: descriptor, number: number))
        _ = self.state.withLock { $0.open.remove(descriptor) }
        close(descriptor)
      }
    }
    close(listener)
  }
}

struct RawServerError: Error {
  let number: Int32
}

package struct RawConnection: Sendable {
  package let descriptor: Int32
  /// The first is 1.
  package let number: Int

  /// The request up to the empty line after its headers; nil at the end.
  package func readHead() -> String? {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard read(descriptor, &byte, 1) == 1 else { return nil }
      head.append(byte)
    }
    return String(decoding: head, as: UTF8.self)
  }

  /// The body that a head announces.
  package func readBody(after head: String) -> String {
    let lines = head.lowercased().split(separator: "\r\n")
    let length = lines.first { $0.hasPrefix("content-length:") }?.split(separator: ":").last
      .flatMap { Int($0.filter { !$0.isWhitespace }) }
    var body = [UInt8](repeating: 0, count: length ?? 0)
    var count = 0
    while count < body.count {
      let more = body.withUnsafeMutableBytes { bytes in
        read(descriptor, bytes.baseAddress.map { $0 + count }, bytes.count - count)
      }
      guard more > 0 else { break }
      count += more
    }
    return String(decoding: body[..<count], as: UTF8.self)
  }

  package func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  package func write(_ text: String) { write(Array(text.utf8)) }

  /// The end comes as RST.
  package func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor,
      SOL_SOCKET,
      SO_LINGER,
      &linger,
      socklen_t(MemoryLayout.size(ofValue: linger))
    )
  }
}

/// A detached thread: scripts wait in system calls, which a task must not do.
package enum DetachedThread {
  package static func start(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(
      &thread,
      nil,
      { context in
        if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      },
      context
    )
    pthread_detach(thread)
  }
}
