import FoundationEssentials
import Health

/// Asks one Graph, Meta's own or one that answers as it does, and turns refusals into `GraphFailure`s.
///
/// Every request, a retry or a page as well, passes the gate.
struct GraphConnection: Sendable {
  let exchange: ProviderExchange
  let key: KeyHeader
  let caller: GraphCaller
  /// Whose budget pays: the account's only one, unless each number has a key of its own.
  let credential: String
  /// What an app may require with each call, beside the key.
  private let proof: String?
  /// Looks for an error envelope that isn't Graph's; Meta's own answers have none.
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

  /// The same with a list of fields, asked again without those that the node turns out not to have.
  ///
  /// `node` says whose fields they are, so that refused ones are remembered; `path` makes the path from
  /// the fields, joined by commas.
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
        // A node of another kind has none of them, and answering for it would help nobody.
        guard error.error.kind != .numberRefused else { throw error }
        let unknown = error.graph?.unknownFields(among: wanted) ?? []
        if !unknown.isEmpty { refusals.remember(unknown, of: node) }
        wanted.removeAll(where: unknown.contains)
        guard !unknown.isEmpty, !wanted.isEmpty, triesLeft > 0 else { throw error }
        triesLeft -= 1
      }
    }
  }

  /// Without the fields that such a node is known not to have.
  func accepted(_ fields: [String], of node: GraphNode) -> [String] {
    refusals.accepted(fields, of: node)
  }

  /// One refused field a try; what is left is learnt in the next poll.
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

/// A success: its body, and the answer that it came in.
struct GraphAnswer: Sendable {
  let json: JSON
  let answer: HTTPAnswer
  /// What the account's answers have in common.
  let parts: AnswerParts
  /// The node's `health_status`, where that came in an answer of its own.
  var health: JSON?

  /// Nil where it holds neither health nor facts of a number.
  ///
  /// `isListPromised` says that health is never an overall word alone.
  func report(isListPromised: Bool = true) -> HealthReport? {
    HealthReport(graphNode: json, health: health, isListPromised: isListPromised, parts: parts)
  }
}

/// Why there is no success, with what is needed to decide on another try.
struct GraphFailure: Error, Sendable {
  let error: ProviderError
  /// The envelope, where Graph itself answered.
  let graph: GraphError?
  /// Nil when no answer came.
  let answer: HTTPAnswer?

  init(error: ProviderError, graph: GraphError? = nil, answer: HTTPAnswer? = nil) {
    self.error = error
    self.graph = graph
    self.answer = answer
  }
}
