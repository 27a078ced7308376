import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

import struct Foundation.Date

/// Turns a request into an answer of the account that its path begins with, and lets faults happen to it.
struct SimulatorResponder: HTTPResponder {
  typealias Context = SimulatorContext

  private let simulation: Simulation
  private let now: @Sendable () -> ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  private let meter = RequestMeter()
  private let current = CurrentState()

  init(simulation: Simulation, now: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.simulation = simulation
    self.now = now
    start = now()
  }

  func respond(to request: Request, context: SimulatorContext) async throws -> Response {
    let target = RequestTarget(request.uri.description)
    guard let name = target.path.first, let index = simulation.accountsByName[String(name)] else {
      return Response(status: .notFound)
    }
    let elapsed = now() - start
    let scene = Scene(
      world: simulation,
      state: current.state(of: simulation, at: elapsed),
      clock: Int(Date().timeIntervalSince1970)
    )
    let question = SimulatedRequest(path: Array(target.path.dropFirst()), query: target.query) {
      name in HTTPField.Name(name).flatMap { request.headers[$0] }
    }
    let endpoints = simulation.accounts[index].provider.endpoints(scene: scene, account: index)
    let answer = answer(question, endpoints, account: index, at: elapsed)
    let faults = scene.state.faults(hitting: answer, account: index)
    let isRedirected = target.query["redirected"] != nil
    let delivery = Delivery(
      channel: context.channel,
      target: request.uri.description,
      isRedirected: isRedirected,
      latency: simulation.accounts[index].plan.latency
    )
    return try await delivery.response(answer, faults: faults, endpoints: endpoints)
  }

  private func answer(
    _ question: SimulatedRequest,
    _ endpoints: any ProviderEndpoints,
    account: Int,
    at elapsed: Duration
  ) -> SimulatedAnswer {
    guard endpoints.accepts(question) else { return endpoints.keyRefused }
    guard let granted = simulation.accounts[account].plan.grants else {
      return endpoints.answer(question)
    }
    let reading = meter.count(account: account, granted: granted, at: elapsed)
    var answer =
      reading.isExceeded
      ? endpoints.throttled(retryAfter: String(reading.secondsLeft)) : endpoints.answer(question)
    if !reading.isExceeded { answer.headers += endpoints.usage(reading) }
    return answer
  }
}

/// The connection is part of the context, since some faults happen to it.
struct SimulatorContext: InitializableFromSource {
  let channel: any Channel

  init(source: ApplicationRequestContextSource) { channel = source.channel }
}

/// The state now, made anew only when something has changed.
private final class CurrentState: Sendable {
  private let latest = Mutex<SimulatedState?>(nil)

  func state(of simulation: Simulation, at elapsed: Duration) -> SimulatedState {
    latest.withLock { latest in
      if let state = latest, elapsed < state.validUntil ?? .seconds(Int64.max) { return state }
      let state = simulation.state(at: elapsed)
      latest = state
      return state
    }
  }
}
