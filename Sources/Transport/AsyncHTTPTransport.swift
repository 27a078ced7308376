import AsyncHTTPClient
package import Health
import NIOCore
import NIOHTTP1
package import Providers
import ServiceLifecycle

/// Sends requests with AsyncHTTPClient.
///
/// A request is bounded as a whole: connecting, waiting, redirects and the last byte of the body share
/// one deadline, so that a server that drips gains nothing. Keys go to the host that they were meant for
/// and to no other. Nothing is logged.
package struct AsyncHTTPTransport: HTTPTransport, Service {
  private let clients: HTTPClients
  private let deadlines = DeadlineWatch()
  private let userAgent: String

  /// Opens nothing: the first request makes the client.
  ///
  /// - Parameter version: wabatop's, for the header `User-Agent`.
  package init(version: String) {
    clients = HTTPClients()
    userAgent = "wabatop/\(version)"
  }

  package func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    try await withDeadline(of: request) { [clients, userAgent] () async throws(ProviderError) in
      try await Exchange(request, clients: clients, userAgent: userAgent).answer()
    }
    .get()
  }

  /// Waits for the graceful shutdown and then drops whatever is under way.
  package func run() async throws {
    try? await gracefulShutdown()
    shutdown()
  }

  /// Ends all requests and connections; returns at once.
  package func shutdown() { clients.shutdown() }

  /// Races the work against the clock; being cancelled counts as the clock.
  private func withDeadline(
    of request: HTTPRequest,
    _ work: @escaping @Sendable () async throws(ProviderError) -> HTTPAnswer
  ) async -> Result<HTTPAnswer, ProviderError> {
    await withTaskGroup(of: Result<HTTPAnswer, ProviderError>?.self) { group in
      group.addTask {
        do throws(ProviderError) {
          return .success(try await work())
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        await deadlines.wait(until: .now + request.timeout)
        return nil
      }
      let first = await group.next() ?? nil
      let wasCancelled = Task.isCancelled
      group.cancelAll()
      guard let first, !wasCancelled else {
        return .failure(TransportFailure.timedOut(request, wasCancelled: wasCancelled))
      }
      return first
    }
  }
}
