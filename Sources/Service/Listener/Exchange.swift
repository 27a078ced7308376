import Synchronization

/// One request on a connection, and its answer.
///
/// libmicrohttpd calls from the server's thread; the answer may come from any other.
final class Exchange: Sendable {
  private enum Phase {
    /// The head came.
    case head
    /// The whole request came.
    case asked
    /// It waits for its answer, and its connection is suspended.
    case working
    case answered(HTTPResponse)
    case done
  }

  private enum Step {
    case goOn
    case ask
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
    switch next() {
    case .goOn: return true
    case .close: return false
    case .send(let response): return listener.send(response, on: connection)
    case .ask:
      let request = HTTPRequest(method: method, target: target, headers: connection.headers)
      switch listener.reply(to: request, on: connection) {
      case .now(let response): return listener.send(response, on: connection)
      case .later(let answer): return work(on: answer, for: listener)
      }
    }
  }

  private func next() -> Step {
    phase.withLock { phase in
      switch phase {
      case .head:
        guard !connection.hasBody else {
          phase = .done
          return .send(.text("A request with a body is not taken.", status: 413))
        }
        phase = .asked
        return .goOn
      case .asked:
        phase = .done
        return .ask
      case .answered(let response):
        phase = .done
        return .send(response)
      case .working, .done: return .close
      }
    }
  }

  private func work(
    on answer: @escaping @Sendable () async -> HTTPResponse,
    for listener: Listener
  ) -> Bool {
    // Under the lock, so that it is not resumed before it is suspended.
    let isWorking = phase.withLock { phase in
      guard !listener.isStopping else { return false }
      connection.suspend()
      phase = .working
      return true
    }
    if isWorking { listener.work { [self] in self.answer(await answer()) } }
    return isWorking
  }

  /// Gives the answer, from any thread.
  private func answer(_ response: HTTPResponse) {
    phase.withLock { phase in
      guard case .working = phase else { return }
      phase = .answered(response)
      connection.resume()
    }
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
