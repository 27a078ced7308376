import CMicrohttpd
package import Configuration
import Glibc
package import Health
import ServiceLifecycle
import Synchronization

/// Answers HTTP requests on a socket, with libmicrohttpd.
///
/// One thread of low priority moves the bytes and never waits for anything. Answers that take longer
/// are made by tasks, a few at once, on an executor of low priority. So neither polling nor a screen waits
/// for a client, and no client for another one that is slow.
package final class Listener: Service {
  struct State {
    var isStopping = false
    var exchanges: [ObjectIdentifier: Exchange] = [:]
    var streams: [ObjectIdentifier: ResponseStream] = [:]
    /// By the path that is asked for: who floods one keeps nobody from another.
    var lanes: [String: AnswerSlots] = [:]
    var work: [Int: Task<Void, Never>] = [:]
    var workBegun = 0
    var bytesInFlight = 0
  }

  /// What is answered to a request; called on the server's thread.
  package typealias Respond = @Sendable (HTTPRequest) -> HTTPReply

  private let socket: ListeningSocket
  package var address: ListenAddress { socket.address }
  let limits: ListenerLimits
  private let time: any TimeSource
  let executor: any TaskExecutor
  private let respond: Respond
  let connections: ConnectionTable
  let state = Mutex(State())

  /// - Parameters:
  ///   - socket: Where it listens.
  ///   - limits: What clients may use.
  ///   - time: The clock.
  ///   - executor: Runs the work on answers; the server's thread gets the priority of its threads.
  ///   - respond: What is answered.
  package init(
    on socket: ListeningSocket,
    limits: ListenerLimits = ListenerLimits(),
    time: any TimeSource,
    executor: any TaskExecutor,
    respond: @escaping Respond
  ) {
    self.socket = socket
    self.limits = limits
    self.time = time
    self.executor = executor
    self.respond = respond
    connections = ConnectionTable(limits: limits)
  }

  /// Opens the library; a sentence if it is missing.
  package static func load() throws(ListenError) {
    if case .unusable(let reason) = ListenLibrary.found() { throw ListenError(reason) }
  }

  package func run() async throws {
    try await withTaskExecutorPreference(executor) {
      let server = try self.start()
      await cancelWhenGracefulShutdown { await self.watch() }
      self.stop(server)
    }
  }

  /// Closes connections that take too long, until it is cancelled.
  private func watch() async {
    while !Task.isCancelled {
      connections.advance(to: time.now.uptime)
      try? await time.sleep(until: time.now + .seconds(1))
    }
  }

  var isStopping: Bool { state.withLock(\.isStopping) }

  func reply(to request: HTTPRequest, on connection: ClientConnection) -> HTTPReply {
    connections.set(.answering, of: connection.id, at: time.now.uptime)
    return respond(request)
  }
}

// Starting and ending.
extension Listener {
  private func start() throws(ListenError) -> OpaquePointer {
    try Self.load()
    let isRemote = !socket.address.isLocal
    let options = chttpd_options(
      descriptor: socket.descriptor,
      connections: UInt32(limits.connections),
      connections_per_address: isRemote ? UInt32(limits.connectionsPerAddress) : 0,
      memory: limits.largestHead,
      timeout: UInt32(limits.silence / .seconds(1))
    )
    var handlers = Self.handlers(of: Unmanaged.passUnretained(self).toOpaque())
    guard let server = chttpd_start(options, &handlers) else {
      throw ListenError("\(socket.address): the system allows no more threads or open files")
    }
    return server
  }

  /// Nothing may be suspended when the server is stopped.
  private func stop(_ server: OpaquePointer) {
    let (exchanges, streams, work) = state.withLock { state in
      state.isStopping = true
      return (Array(state.exchanges.values), Array(state.streams.values), state.work.values)
    }
    // Nobody waits for their answers any more.
    for task in work { task.cancel() }
    for exchange in exchanges { exchange.abandon() }
    for stream in streams { stream.end() }
    waitForStreams()
    chttpd_stop(server)
  }

  /// Their clients are to see the end, as far as they read.
  ///
  /// libmicrohttpd doesn't tell when it has sent it, and nothing else is left to do on this thread.
  private func waitForStreams() {
    for _ in 0..<Self.mostWaits where state.withLock({ !$0.streams.isEmpty }) { usleep(10_000) }
  }

  private static let mostWaits = 50

  /// They are called only while `run` is on the stack, which keeps the listener.
  private static func handlers(of context: UnsafeMutableRawPointer) -> chttpd_handlers {
    chttpd_handlers(
      context: context,
      opened: { context, connection, descriptor in
        Listener.of(context)?.opened(ClientConnection(connection), descriptor)
      },
      closed: { context, connection in
        Listener.of(context)?.connections.close(ClientConnection(connection).id)
      },
      begun: { context, connection, target in
        let exchange = Exchange(ClientConnection(connection), target: String(cString: target))
        Listener.of(context)?.begin(exchange)
        return Unmanaged.passRetained(exchange).toOpaque()
      },
      handle: { context, connection, request, method in
        guard let listener = Listener.of(context), let request else { return false }
        return Unmanaged<Exchange>.fromOpaque(request).takeUnretainedValue()
          .handle(method: String(cString: method), for: listener)
      },
      completed: { context, request in
        guard let request else { return }
        Listener.of(context)?.end(Unmanaged<Exchange>.fromOpaque(request).takeRetainedValue())
      }
    )
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Listener? {
    context.map { Unmanaged<Listener>.fromOpaque($0).takeUnretainedValue() }
  }
}

// What happens on the server's thread.
extension Listener {
  private func opened(_ connection: ClientConnection, _ descriptor: Int32) {
    connections.open(connection.id, descriptor: descriptor, at: time.now.uptime)
  }

  private func begin(_ exchange: Exchange) {
    state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
  }

  private func end(_ exchange: Exchange) {
    exchange.end()
    state.withLock { _ = $0.exchanges.removeValue(forKey: ObjectIdentifier(exchange)) }
    connections.set(.idle, of: exchange.connection.id, at: time.now.uptime)
  }

  func send(_ response: HTTPResponse, on connection: ClientConnection) -> Bool {
    switch response.body {
    case .bytes(let bytes):
      connections.set(.answering, of: connection.id, at: time.now.uptime)
      guard admit(bytes.count) else { return sendThatItIsBusy(on: connection) }
      return connection.send(response, bytes) { [self] in discharge(bytes.count) }
    case .stream(let stream):
      connections.set(.streaming, of: connection.id, at: time.now.uptime)
      let id = ObjectIdentifier(stream)
      let isAdmitted = state.withLock { state in
        guard !state.isStopping else { return false }
        state.streams[id] = stream
        return true
      }
      guard isAdmitted else { return false }
      return connection.send(response, stream) { [self] in
        state.withLock { _ = $0.streams.removeValue(forKey: id) }
      }
    }
  }

  private func admit(_ count: Int) -> Bool {
    state.withLock { state in
      let isFirst = state.bytesInFlight == 0
      guard isFirst || state.bytesInFlight + count <= limits.bytesInFlight else { return false }
      state.bytesInFlight += count
      return true
    }
  }

  private func discharge(_ count: Int) { state.withLock { $0.bytesInFlight -= count } }

  private func sendThatItIsBusy(on connection: ClientConnection) -> Bool {
    let busy = HTTPResponse.busy("Too many large answers wait for slow clients.")
    guard case .bytes(let bytes) = busy.body else { return false }
    return connection.send(busy, bytes) {}
  }
}

extension HTTPResponse {
  /// Too much is asked at the moment.
  package static func busy(_ text: String) -> Self {
    .text("\(text) Try again later.", status: 503, headers: [("Retry-After", "5")])
  }
}
