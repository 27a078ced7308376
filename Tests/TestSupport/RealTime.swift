package import Testing

/// Suites whose tests need real time, because they watch processes, terminals and sockets of this machine.
///
/// In parallel a test shares a few threads with all others: once it has waited, it waits on behind all that
/// is ready to run there. So these suites have threads of their own, and are run one at a time, whatever
/// target they are of, since each is enough for a machine with few processors. The command in README.md runs
/// four tests at once, so that not much is ready at any time.
///
/// The order in which a suite's own tests run is left to the suite.
///
/// A task that sleeps is woken through the shared threads all the same. So a test does not sleep here, it holds
/// up its thread.
package struct RealTime: SuiteTrait, TestScoping {
  private static let turn = Turn()
  private static let threads = ThreadExecutor(threads: 6)

  package func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(Self.threads) { try await Self.takeTurn(function) }
  }

  /// On these threads too, since who has waited or is done elsewhere may wait for long to go on.
  @concurrent
  private static func takeTurn(
    _ function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    await turn.begin()
    defer { turn.end() }
    try await function()
  }
}

extension RealTime {
  /// Starts a task on these threads: one that is started by itself would run beside all other tests.
  package static func start<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) -> Task<Value, any Error> {
    Task(executorPreference: threads) { try await work() }
  }
}

extension Trait where Self == RealTime {
  package static var realTime: Self { Self() }
}
