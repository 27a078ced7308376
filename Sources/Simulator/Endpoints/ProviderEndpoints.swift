/// The endpoints of one account at one time: they check its key, and answer requests and errors as
/// the provider does.
protocol ProviderEndpoints {
  init(worldState: WorldState, account: Int)

  func accepts(_ request: SimulatedRequest) -> Bool
  func answer(_ request: SimulatedRequest) -> SimulatedAnswer
  /// The answer to a request with a wrong key.
  var keyRefused: SimulatedAnswer { get }
  func throttled(retryAfter: String?) -> SimulatedAnswer
  /// Headers that report the used part of the account's rate limit.
  func usage(_ meter: RequestMeter.Reading) -> [(String, String)]
}

extension Scenario.Provider {
  func endpoints(worldState: WorldState, account: Int) -> any ProviderEndpoints {
    switch self {
    case .kapso: KapsoEndpoints(worldState: worldState, account: account)
    case .dialog360: Dialog360Endpoints(worldState: worldState, account: account)
    case .kaleyra: KaleyraEndpoints(worldState: worldState, account: account)
    case .meta, .graph: GraphEndpoints(worldState: worldState, account: account)
    }
  }
}

/// A GET as the endpoints see it.
struct SimulatedRequest {
  /// The path after the account's name.
  let path: [Substring]
  let query: [String: String]
  /// The value of a header by its name in lower case.
  let header: (String) -> String?

  func number(_ key: String) -> Int? { query[key].flatMap { Int($0) } }
}

struct SimulatedAnswer {
  var status: Int
  var contentType = "application/json"
  var headers: [(String, String)] = []
  var body: [UInt8]
  /// The subject of the request, which faults are matched with.
  var part = Scenario.Part.facts
  var number: Int?
  var waba: Int?

  init(_ text: String, status: Int = 200) {
    body = Array(text.utf8)
    self.status = status
  }

  init(bytes: [UInt8], status: Int = 200) {
    body = bytes
    self.status = status
  }

  func about(_ part: Scenario.Part, number: Int? = nil, waba: Int? = nil) -> SimulatedAnswer {
    var answer = self
    answer.part = part
    answer.number = number
    answer.waba = waba
    return answer
  }
}
