import Synchronization

/// One request on a connection, and its answer.
///
/// libmicrohttpd calls from the server's thread; the answer may come from any other.
final class Exchange: Sendable {
  private enum Phase {
    /// The head came.
    case head
    /// The whole request came.
    case asked(HTTPRequest)
    /// It waits for its answer, and its connection is suspended.
    case working
    case answered(HTTPResponse)
    case done
  }

  private enum Step {
    case goOn
    case ask(HTTPRequest)
    case send(HTTPResponse)
    case close
  }

  let connection: ClientConnection
  private let target: String
  private let phase = Mutex(Phase.head)

  init(_ connection: ClientConnection, target: String) {
    self.connection = connection
    self.target = target
  }

  /// Does what is next, on the server's thread.
  ///
  /// - Parameters:
  ///   - method: The request's method.
  ///   - listener: Where its answer comes from.
  /// - Returns: False to close the connection.
  func handle(method: String, for listener: Listener) -> Bool {
    switch next(method) {
    case .goOn: return true
    case .close: return false
    case .send(let response): return listener.send(response, on: connection)
    case .ask(let request):
      switch listener.reply(to: request, on: connection) {
      case .now(let response): return listener.send(response, on: connection)
      case .later(let answer): return work(on: request.path, answer, for: listener)
      }
    }
  }

  private func next(_ method: String) -> Step {
    phase.withLock { phase in
      switch phase {
      case .head:
        let request = HTTPRequest(method: method, target: target, headers: connection.headers)
        guard !request.hasBody else {
          phase = .done
          return .send(.text("A request with a body is not taken.", status: 413))
        }
        phase = .asked(request)
        return .goOn
      case .asked(let request):
        phase = .done
        return .ask(request)
      case .answered(let response):
        phase = .done
        return .send(response)
      case .working, .done: return .close
      }
    }
  }

  private func work(
    on path: String,
    _ answer: @escaping @Sendable () async -> HTTPResponse,
    for listener: Listener
  ) -> Bool {
    // Under the lock, so that it is not resumed before it is suspended.
    let isWorking = phase.withLock { phase in
      guard !listener.isStopping else { return false }
      connection.suspend()
      phase = .working
      return true
    }
    if isWorking { listener.work(on: path, for: self, answer) }
    return isWorking
  }

  /// Gives the answer, from any thread.
  func answer(_ response: HTTPResponse) {
    let isWanted = phase.withLock { phase in
      guard case .working = phase else { return false }
      phase = .answered(response)
      connection.resume()
      return true
    }
    if !isWanted { response.discard() }
  }

  /// The client is gone, or has everything.
  func end() {
    let response = phase.withLock { phase -> HTTPResponse? in
      defer { phase = .done }
      if case .answered(let response) = phase { return response }
      return nil
    }
    response?.discard()
  }

  /// Closes the connection if it waits for an answer.
  func abandon() {
    phase.withLock { phase in
      guard case .working = phase else { return }
      phase = .done
      connection.resume()
    }
  }
}

extension HTTPResponse {
  /// Nobody is sent it.
  fileprivate func discard() {
    if case .stream(let stream) = body { stream.close() }
  }
}
