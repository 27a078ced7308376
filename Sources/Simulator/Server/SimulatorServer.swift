import ServiceLifecycle
import Synchronization

/// Plays a scenario's providers on one port of 127.0.0.1.
///
/// It has its own small HTTP/1.1 server, since it has to misbehave in ways that a library prevents.
/// It logs nothing and writes no file. It ends at once on request, even while answers are being
/// sent.
package final class SimulatorServer: Service {
  /// Is called for each request with its path and query, on the server's thread.
  package typealias Note = @Sendable (_ target: String) -> Void

  package let simulation: Simulation
  private let wantedPort: Int
  private let limits: ServerLimits
  private let now: @Sendable () -> ContinuousClock.Instant
  private let note: Note
  private let start = Mutex(Start.pending([]))

  private enum Start {
    case pending([CheckedContinuation<Int, any Error>])
    case known(Result<Int, any Error>)
  }

  /// Builds the simulation; it listens only in `run()`.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - port: The port to listen on; 0 picks a free one.
  ///   - now: The clock that the scenario's events follow; its time at the start of `run()` is their 0.
  ///   - note: Who counts requests.
  package convenience init(
    scenario: Scenario,
    port: Int = 0,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    note: @escaping Note = { _ in }
  ) {
    self.init(scenario: scenario, port: port, limits: ServerLimits(), now: now, note: note)
  }

  init(
    scenario: Scenario,
    port: Int = 0,
    limits: ServerLimits,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    note: @escaping Note = { _ in }
  ) {
    simulation = Simulation(scenario)
    wantedPort = port
    self.limits = limits
    self.now = now
    self.note = note
  }

  /// The port that it listens on; waits until it listens.
  ///
  /// - Throws: `SimulatorError` if `run()` could not listen, or has ended.
  package var boundPort: Int {
    get async throws {
      try await withCheckedThrowingContinuation { continuation in
        let result = start.withLock { start in
          switch start {
          case .known(let result): return Optional(result)
          case .pending(let waiting):
            start = .pending(waiting + [continuation])
            return nil
          }
        }
        if let result { continuation.resume(with: result) }
      }
    }
  }

  /// Serves until the task is cancelled or a graceful shutdown begins.
  package func run() async throws {
    do throws(SystemError) {
      let resources = try ServerResources(port: wantedPort)
      defer { resources.close() }
      announce(.success(resources.listener.port))
      try await serve(resources)
    } catch {
      let failure = SimulatorError.cannotListen(port: wantedPort, reason: error.reason)
      announce(.failure(failure))
      throw failure
    }
    announce(.failure(SimulatorError.ended))
  }

  /// Returns when the thread has ended, so that no connection remains.
  private func serve(_ resources: ServerResources) async throws(SystemError) {
    let failure: SystemError? = await withTaskCancellationOrGracefulShutdownHandler {
      await withCheckedContinuation { continuation in
        do throws(SystemError) {
          try startThread(on: resources) { continuation.resume(returning: nil) }
        } catch {
          continuation.resume(returning: error)
        }
      }
    } onCancelOrGracefulShutdown: {
      resources.stop.give()
    }
    if let failure { throw failure }
  }

  private func startThread(
    on resources: ServerResources,
    atEnd: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    try ServerThread.start { [simulation, limits, now, note] in
      let responder = SimulatorResponder(simulation: simulation, now: now, note: note)
      EventLoop(resources, responder: responder, limits: limits).run()
      atEnd()
    }
  }

  private func announce(_ result: Result<Int, any Error>) {
    let waiting = start.withLock { start in
      defer { start = .known(result) }
      guard case .pending(let waiting) = start else {
        return [CheckedContinuation<Int, any Error>]()
      }
      return waiting
    }
    for continuation in waiting { continuation.resume(with: result) }
  }
}

package enum SimulatorError: Error, CustomStringConvertible {
  case cannotListen(port: Int, reason: String)
  case ended

  package var description: String {
    switch self {
    case .cannotListen(let port, let reason):
      "Cannot listen on 127.0.0.1:\(port) (\(reason)). Choose another port; 0 picks a free one."
    case .ended: "The simulator has ended."
    }
  }
}
