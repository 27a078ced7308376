import FoundationEssentials
import Health

/// Sends requests to Meta's Graph or a compatible one, and turns refusals into `GraphFailure`s.
///
/// Every request passes the gate, including retries and pages.
struct GraphConnection: Sendable {
  let exchange: ProviderExchange
  let key: KeyHeader
  let caller: GraphCaller
  /// The credential whose budget is used: the account's only one, unless each number has its own
  /// key.
  let credential: String
  /// The proof that an app may require with each call.
  private let proof: String?
  /// Finds an error envelope that isn't Graph's; Meta's own answers have none.
  let otherEnvelope: @Sendable (ProviderResponse) -> ProviderError?
  private let refusals = GraphFieldRefusals()
  let parts = AnswerParts()

  init(
    exchange: ProviderExchange,
    key: KeyHeader,
    caller: GraphCaller,
    credential: String = "",
    proof: String? = nil,
    otherEnvelope: @escaping @Sendable (ProviderResponse) -> ProviderError? = { _ in nil }
  ) {
    self.exchange = exchange
    self.key = key
    self.caller = caller
    self.credential = credential
    self.proof = proof
    self.otherEnvelope = otherEnvelope
  }

  /// One request for one path.
  func get(
    _ path: String,
    about subject: GraphSubject,
    through gate: any RequestGate
  ) async throws(GraphFailure) -> GraphAnswer {
    let response: ProviderResponse
    do throws(ProviderError) {
      response = try await exchange.get(
        signed(path),
        key: key,
        credential: credential,
        through: gate
      )
    } catch {
      throw GraphFailure(error: error)
    }
    if let failure = failure(in: response, about: subject) { throw failure }
    do throws(ProviderError) {
      return GraphAnswer(json: try response.content(), answer: response.answer, parts: parts)
    } catch {
      let isRefusedKey = error.kind == .credentialRejected
      throw GraphFailure(
        error: isRefusedKey ? response.keyRefused(key, account: caller.account) : error,
        answer: response.answer
      )
    }
  }

  private func signed(_ path: String) -> String {
    guard let proof else { return path }
    return path + (path.contains("?") ? "&" : "?") + "appsecret_proof=\(proof)"
  }

  /// Requests fields of a node, and retries without those that the node does not have.
  ///
  /// Refused fields are remembered for `node`; `path` makes the path from the fields, joined by
  /// commas.
  func get(
    fields: [String],
    of node: GraphNode,
    about subject: GraphSubject,
    through gate: any RequestGate,
    path: (_ fields: String) -> String
  ) async throws(GraphFailure) -> GraphAnswer {
    var wanted = accepted(fields, of: node)
    var triesLeft = Self.mostRetries
    while true {
      do throws(GraphFailure) {
        return try await get(
          path(wanted.joined(separator: ",")),
          about: subject,
          through: gate
        )
      } catch {
        // A node of another kind has none of the fields, so a retry would be useless.
        guard error.error.kind != .numberRefused else { throw error }
        let unknown = error.graph?.unknownFields(among: wanted) ?? []
        if !unknown.isEmpty { refusals.remember(unknown, of: node) }
        wanted.removeAll(where: unknown.contains)
        guard !unknown.isEmpty, !wanted.isEmpty, triesLeft > 0 else { throw error }
        triesLeft -= 1
      }
    }
  }

  /// The fields without those that the node is known not to have.
  func accepted(_ fields: [String], of node: GraphNode) -> [String] {
    refusals.accepted(fields, of: node)
  }

  /// Each try finds one refused field; the next poll finds the others.
  private static let mostRetries = 6

  private func failure(
    in response: ProviderResponse,
    about subject: GraphSubject
  ) -> GraphFailure? {
    if let json = response.json, let error = GraphError(json) {
      let wait = RateHeaders.signal(of: response.answer, now: .now).retryAfter
      return GraphFailure(
        error: error.providerError(
          httpStatus: response.answer.status,
          retryAfter: wait,
          about: subject,
          asking: caller
        ),
        graph: error,
        answer: response.answer
      )
    }
    return otherEnvelope(response).map { GraphFailure(error: $0, answer: response.answer) }
  }
}

/// A successful answer and its body.
struct GraphAnswer: Sendable {
  let json: JSON
  let answer: HTTPAnswer
  /// The common parts of the account's answers.
  let parts: AnswerParts
  /// The node's `health_status`, if it came in a separate answer.
  var health: JSON?

  /// Nil if it contains neither health nor facts of a number.
  ///
  /// `isListPromised` means that an overall word always comes with a list of entities.
  func report(isListPromised: Bool = true) -> HealthReport? {
    HealthReport(graphNode: json, health: health, isListPromised: isListPromised, parts: parts)
  }
}

/// Why a request failed, with what is needed to decide about a retry.
struct GraphFailure: Error, Sendable {
  let error: ProviderError
  /// The envelope, if Graph itself answered.
  let graph: GraphError?
  /// Nil if no answer came.
  let answer: HTTPAnswer?

  init(error: ProviderError, graph: GraphError? = nil, answer: HTTPAnswer? = nil) {
    self.error = error
    self.graph = graph
    self.answer = answer
  }
}
