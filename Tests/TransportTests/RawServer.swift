import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// A server that does with each connection what a closure says, right or wrong.
///
/// A thread a connection, with sockets that block: what happens on the wire is what stands in the test.
final class RawServer: Sendable {
  let port: Int
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var connections = 0
    var open: Set<Int32> = []
    var hasEnded = false
  }

  typealias Script = @Sendable (RawConnection) -> Void

  /// Listens on a free port of 127.0.0.1.
  ///
  /// - Parameter script: Is run for each connection, on a thread of its own; its end closes it.
  /// - Throws: Where it cannot listen.
  init(_ script: @escaping Script) throws {
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
    Thread.start { self.accept(script) }
  }

  /// Gives every request the same bytes; nothing is answered to nothing.
  convenience init(answering bytes: [UInt8], closes: Bool = false) throws {
    try self.init { connection in
      while connection.readHead() != nil {
        connection.write(bytes)
        if closes { return }
      }
    }
  }

  /// Connections that were made so far.
  var connections: Int { state.withLock(\.connections) }

  /// Connections that neither side has closed.
  var open: Int { state.withLock(\.open.count) }

  func stop() {
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
      Thread.start {
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

struct RawConnection: Sendable {
  let descriptor: Int32
  /// The first is 1.
  let number: Int

  /// The request up to the empty line after its headers; nil at the end.
  func readHead() -> String? {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard read(descriptor, &byte, 1) == 1 else { return nil }
      head.append(byte)
    }
    return String(decoding: head, as: UTF8.self)
  }

  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  /// The end comes as RST.
  func reset() {
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
enum Thread {
  static func start(_ body: @escaping @Sendable () -> Void) {
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
