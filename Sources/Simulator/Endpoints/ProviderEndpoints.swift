/// The endpoints of one account at one time: they check its key, answer its questions and word its
/// errors as the provider does.
protocol ProviderEndpoints {
  init(scene: Scene, account: Int)

  func accepts(_ request: SimulatedRequest) -> Bool
  func answer(_ request: SimulatedRequest) -> SimulatedAnswer
  /// To a request whose key is wrong.
  var keyRefused: SimulatedAnswer { get }
  func throttled(retryAfter: String?) -> SimulatedAnswer
  /// Headers that tell how much of what the account grants has been used.
  func usage(_ meter: RequestMeter.Reading) -> [(String, String)]
}

extension Scenario.Provider {
  func endpoints(scene: Scene, account: Int) -> any ProviderEndpoints {
    switch self {
    case .kapso: KapsoEndpoints(scene: scene, account: account)
    case .dialog360: Dialog360Endpoints(scene: scene, account: account)
    case .kaleyra: KaleyraEndpoints(scene: scene, account: account)
    case .meta, .graph: GraphEndpoints(scene: scene, account: account)
    }
  }
}

/// A GET as the endpoints see it.
struct SimulatedRequest {
  /// What stands after the account's name.
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
  /// What it is about: faults stick to these.
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
