import Glibc

/// Answers requests for the account in their path, and applies faults.
///
/// Belongs to the event loop's thread.
final class SimulatorResponder {
  private let simulation: Simulation
  private let now: @Sendable () -> ContinuousClock.Instant
  private let note: SimulatorServer.Note
  private let start: ContinuousClock.Instant
  private var meter = RequestMeter()
  private var current: SimulatedState?
  private var date = (second: 0, text: "")

  init(
    simulation: Simulation,
    now: @escaping @Sendable () -> ContinuousClock.Instant,
    note: @escaping SimulatorServer.Note
  ) {
    self.simulation = simulation
    self.now = now
    self.note = note
    start = now()
  }

  func steps(for head: RequestHead) -> [WireStep] {
    note(head.target)
    let clock = time(nil)
    let frame = frame(for: head, at: clock)
    guard head.method == "GET" else { return steps(for: .methodNotAllowed, frame) }
    let target = RequestTarget(head.target)
    guard let name = target.path.first, let index = simulation.accountsByName[String(name)] else {
      return frame.steps(WireAnswer(status: 404))
    }
    let elapsed = now() - start
    let worldState = WorldState(world: simulation, state: state(at: elapsed), clock: clock)
    let question = SimulatedRequest(
      path: Array(target.path.dropFirst()),
      query: target.query,
      header: head.header
    )
    let endpoints = simulation.accounts[index].provider.endpoints(
      worldState: worldState,
      account: index
    )
    let answer = answer(question, endpoints, account: index, at: elapsed)
    let delivery = Delivery(
      target: head.target,
      isRedirected: target.query["redirected"] != nil,
      latency: simulation.accounts[index].plan.latency,
      frame: frame
    )
    let faults = worldState.state.faults(hitting: answer, account: index)
    return delivery.steps(answer, faults: faults, endpoints: endpoints)
  }

  /// The connection ends after it, because the next request's start is unknown.
  func steps(for mistake: RequestHead.Mistake) -> [WireStep] {
    steps(for: mistake, WireFrame(date: dateText(at: time(nil)), connection: "close"))
  }

  private func steps(for mistake: RequestHead.Mistake, _ frame: WireFrame) -> [WireStep] {
    var answer = WireAnswer(status: mistake.rawValue)
    if mistake == .methodNotAllowed { answer.fields.append(("Allow", "GET")) }
    return frame.steps(answer)
  }

  private func frame(for head: RequestHead, at clock: Int) -> WireFrame {
    let connection = head.keepsAlive ? (head.isOld ? "keep-alive" : nil) : "close"
    return WireFrame(date: dateText(at: clock), connection: connection)
  }

  private func dateText(at clock: Int) -> String {
    if date.second != clock { date = (clock, Timestamp.httpText(of: clock)) }
    return date.text
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

  /// The current state, computed again only after a change.
  private func state(at elapsed: Duration) -> SimulatedState {
    if let current, elapsed < current.validUntil ?? .seconds(Int64.max) { return current }
    let state = simulation.state(at: elapsed)
    current = state
    return state
  }
}
