import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Plays a scenario's providers on one port of 127.0.0.1.
///
/// Quiet: it logs nothing and writes no file. It ends at once when asked to, whatever answers are
/// still being dripped.
package actor SimulatorServer: Service {
  package nonisolated let simulation: Simulation
  private let wantedPort: Int
  private let now: @Sendable () -> ContinuousClock.Instant
  private var start = Start.pending([])

  private enum Start {
    case pending([CheckedContinuation<Int, any Error>])
    case listening(port: Int)
    case failed(any Error)
  }

  /// Prepares the world; nothing listens before `run()`.
  ///
  /// - Parameters:
  ///   - scenario: What to play.
  ///   - port: Where to listen; 0 is any free port.
  ///   - now: The clock that the scenario's events follow; its time at the start of `run()` is their 0.
  package init(
    scenario: Scenario,
    port: Int = 0,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    simulation = Simulation(scenario)
    wantedPort = port
    self.now = now
  }

  /// The port that it listens on, as soon as it does.
  ///
  /// - Throws: `SimulatorError` where `run()` could not listen, or ended before.
  package var boundPort: Int {
    get async throws {
      switch start {
      case .listening(let port): return port
      case .failed(let error): throw error
      case .pending: return try await withCheckedThrowingContinuation(wait)
      }
    }
  }

  /// Serves until the task is cancelled or a graceful shutdown begins.
  package func run() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    defer { group.shutdownGracefully { _ in } }
    let server = application(on: group)
    do {
      try await takingLeave { try await self.serve(server) }
    } catch is CancellationError {
    } catch let error as IOError {
      let failure = SimulatorError.cannotListen(port: wantedPort, reason: "\(error)")
      settle(.failed(failure))
      throw failure
    }
    settle(.failed(SimulatorError.ended))
  }

  /// Cancels the work a moment after this is cancelled.
  ///
  /// Clients that are gone by then leave connections behind that are still being accepted.
  private func takingLeave(_ work: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await work() }
    try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      Task {
        try? await Task.sleep(for: Self.leave / 2)
        task.cancel()
      }
    }
  }

  /// Takes leave of the connections first: one that is cancelled between being accepted and being
  /// served makes NIO trap ("NIOAsyncWriter deinited without finish").
  ///
  /// Answers that are still dripped after that are cut off.
  private func serve(_ server: some ApplicationProtocol) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      group.addTask {
        try await gracefulShutdown()
        try await Task.sleep(for: Self.leave)
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private static let leave = Duration.milliseconds(200)

  private func application(on group: any EventLoopGroup) -> some ApplicationProtocol {
    Application(
      responder: SimulatorResponder(simulation: simulation, now: now),
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: wantedPort),
        serverName: nil,
        reuseAddress: true
      ),
      onServerRunning: { [weak self] channel in
        await self?.settle(.listening(port: channel.localAddress?.port ?? 0))
      },
      eventLoopGroupProvider: .shared(group),
      logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  private func wait(_ continuation: CheckedContinuation<Int, any Error>) {
    guard case .pending(let waiting) = start else { return }
    start = .pending(waiting + [continuation])
  }

  private func settle(_ outcome: Start) {
    if case .pending(let waiting) = start {
      for continuation in waiting {
        switch outcome {
        case .listening(let port): continuation.resume(returning: port)
        case .failed(let error): continuation.resume(throwing: error)
        case .pending: break
        }
      }
    }
    start = outcome
  }
}

package enum SimulatorError: Error, CustomStringConvertible {
  case cannotListen(port: Int, reason: String)
  case ended

  package var description: String {
    switch self {
    case .cannotListen(let port, let reason):
      "Cannot listen on 127.0.0.1:\(port) (\(reason)). Choose another port; 0 is any free one."
    case .ended: "The simulator has ended."
    }
  }
}
