import Health
import Polling
import Providers
import Synchronization
import TestSupport
import Testing

/// Fault × provider × phase → outcome and requests: what a simulated minute of it looks like.
///
/// Whatever is answered, nothing is asked again sooner than the shortest back-off, and a fault costs so
/// many requests at most where the account's own budget sets no limit.
struct FaultTableTests {
  /// When it begins.
  enum Phase: CaseIterable, Sendable {
    /// With the first request.
    case start
    /// After a good first minute.
    case later
  }

  /// What the transport brings in place of a good answer.
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var outcome: PollOutcome
    /// Where providers read it otherwise.
    var exceptions: [String: PollOutcome] = [:]
    /// The most requests in a minute, over all targets of the account.
    var requests: Int
    var delay = Duration.zero
    var result: Result<HTTPAnswer, ProviderError>

    var testDescription: String { name }

    static func answer(
      _ name: String,
      _ status: Int,
      _ headers: [HTTPHeader] = [],
      _ body: String = "",
      is outcome: PollOutcome,
      but exceptions: [String: PollOutcome] = [:],
      most requests: Int
    ) -> Fault {
      let head = HTTPHead(headers: headers)
      let answer = HTTPAnswer(status: status, head: head, body: Array(body.utf8))
      return Fault(
        name: name,
        outcome: outcome,
        exceptions: exceptions,
        requests: requests,
        result: .success(answer)
      )
    }

    static func failure(
      _ name: String,
      _ kind: ProviderError.Kind,
      after delay: Duration = .zero,
      most requests: Int
    ) -> Fault {
      Fault(
        name: name,
        outcome: PollOutcome(kind),
        requests: requests,
        delay: delay,
        result: .failure(ProviderError(kind, "No answer."))
      )
    }
  }

  static let faults: [Fault] = [
    .failure("reset", .unreachable, most: 9),
    .failure("silence", .timedOut, after: .seconds(15), most: 5),
    .failure("redirect elsewhere", .unintelligible, most: 9),
    .failure("oversized", .unintelligible, most: 9),
    .answer("429", 429, is: .throttled, most: 4),
    .answer("429, 0", 429, retry("0"), is: .throttled, most: 4),
    .answer("429, -5", 429, retry("-5"), is: .throttled, most: 4),
    .answer("429, the past", 429, retry("Sun, 06 Nov 1994 08:49:37 GMT"), is: .throttled, most: 4),
    .answer("429, absurd", 429, retry("1e300"), is: .throttled, most: 4),
    .answer("429, no number", 429, retry("soon"), is: .throttled, most: 4),
    .answer("429, 20 s", 429, retry("20"), is: .throttled, most: 6),
    .answer("429, a tenth of a second", 429, retry("0.1"), is: .throttled, most: 14),
    .answer("429, 1 s", 429, retry("1"), is: .throttled, most: 14),
    .answer("429, in usage", 429, soon, is: .throttled, most: 14),
    .answer("429, none left", 429, noneLeft, is: .throttled, most: 3),
    .answer("Meta's limit", 400, used, limit, is: .throttled, most: 3),
    .answer("pace", 400, [], pace, is: .providerError, but: ["360dialog": .throttled], most: 9),
    .answer("503", 503, [], "<html><title>Down</title>", is: .providerError, most: 9),
    .answer("503, 0", 503, retry("0"), is: .providerError, most: 9),
    .answer("502", 502, [], "<html>", is: .providerError, most: 9),
    .answer("no body", 200, is: .unintelligible, most: 9),
    .answer("null", 200, [], "null", is: .unintelligible, most: 9),
    .answer("empty list", 200, [], "[]", is: .unintelligible, most: 9),
    .answer("empty object", 200, [], "{}", is: .unintelligible, most: 9),
    .answer("login page", 200, [], "<html><title>Log in</title>", is: .unintelligible, most: 9),
    .answer("cut", 200, [], #"{"health_status":{"can_send"#, is: .unintelligible, most: 9),
    .answer("deep", 200, [], String(repeating: "[", count: 999), is: .unintelligible, most: 9),
    .answer("wrong key", 401, [], #"{"error":"No"}"#, is: .credentialRejected, most: 2),
    .answer("dead token at Meta", 401, [], dead, is: .providerError, but: metas, most: 9),
    .answer("app switched off", 400, [], off, is: .providerError, but: metas, most: 9),
    .answer("unknown path", 400, [], path, is: .providerError, most: 9),
    .answer("gone", 404, [], "{}", is: .numberRefused, but: ["360dialog": .providerError], most: 9),
  ]

  private static func retry(_ value: String) -> [HTTPHeader] { [HTTPHeader("Retry-After", value)] }
  private static let noneLeft = [HTTPHeader("X-RateLimit-Remaining", "0")]
  private static let used = [HTTPHeader("X-App-Usage", #"{"call_count":100}"#)]
  private static let limit = #"{"error":{"message":"Too many calls","code":80008}}"#
  private static let soon = [
    HTTPHeader(
      "X-Business-Use-Case-Usage",
      #"{"1":[{"call_count":1,"estimated_time_to_regain_access":0.01}]}"#
    )
  ]
  private static let pace =
    #"{"meta":{"success":false,"developer_message":"1 request every 0 seconds"}}"#
  private static let dead = #"{"error":{"message":"Session has expired","code":190}}"#
  private static let off = #"{"error":{"message":"API access deactivated.","code":200}}"#
  private static let path = #"{"error":{"message":"Unknown path components","code":2500}}"#
  /// Whose key is Meta's token.
  private static let metas: [String: PollOutcome] = [
    "meta": .credentialRejected, "graph": .credentialRejected,
  ]

  static let providers = ProviderCatalog.all.map(\.name)

  @Test(arguments: faults, providers)
  func `a fault has its outcome and costs few requests`(fault: Fault, provider: String) throws {
    for phase in Phase.allCases {
      let scene = PollingScene()
      let transport = FaultTransport(healthy: Self.healthy(provider), time: scene.clock)
      let account = try #require(Self.provider(provider, transport))
      if phase == .start { transport.begin(fault) }
      scene.refresh(account) { _ in
        if phase == .later {
          scene.clock.advance(by: .seconds(61))
          #expect(scene.observer.readings.last?.outcome == .answered)
          transport.begin(fault)
        }
        let before = transport.asked.count
        scene.clock.advance(by: .seconds(60))
        let asked = Array(transport.asked.dropFirst(before))
        #expect(asked.count <= fault.requests, "\(phase): \(asked.map(\.url))")
        Self.expectNoneSoonerThanBackOff(asked)
        scene.clock.advance(by: .seconds(60))
        let reading = scene.observer.readings.last
        #expect(reading?.outcome == fault.exceptions[provider] ?? fault.outcome, "\(phase)")
        #expect(reading?.message?.contains("wait 0 s") != true)
      }
    }
  }

  /// Each of them says a wait that is over at once, for ever.
  static let shortWaits = faults.filter { fault in
    ["429, a tenth of a second", "429, 1 s", "429, in usage", "pace"].contains(fault.name)
  }

  @Test(arguments: shortWaits, providers)
  func `a short wait is obeyed at first, and outgrown when it is said for ever`(
    fault: Fault,
    provider: String
  ) throws {
    // Only 360dialog says a pace in its words.
    guard fault.exceptions[provider] ?? fault.outcome == .throttled else { return }
    let scene = PollingScene()
    let transport = FaultTransport(healthy: Self.healthy(provider), time: scene.clock)
    transport.begin(fault)
    let account = try #require(Self.provider(provider, transport))
    scene.refresh(account, for: .seconds(3_600)) { _ in }
    let moments = transport.asked.filter { !$0.url.contains("debug_token") }.map(\.moment)
    let gaps = zip(moments, moments.dropFirst()).map { $1 - $0 }
    // 1, 2, 4 … s up to some minutes: a dozen and a half in an hour, in place of thousands.
    #expect(moments.count <= 24, "\(gaps)")
    #expect(gaps.last.map { $0 >= .seconds(100) } == true, "\(gaps)")
  }

  private static func expectNoneSoonerThanBackOff(_ asked: [FaultTransport.Asked]) {
    for requests in Dictionary(grouping: asked, by: \.url).values {
      for (earlier, later) in zip(requests, requests.dropFirst()) {
        #expect(later.moment - earlier.moment >= BackOff.shortest, "\(later.url)")
      }
    }
  }
}

// An account of each provider, and its good answer.
extension FaultTableTests {
  private static func healthy(_ provider: String) -> [UInt8] {
    let prefix = provider == "360dialog" ? "dialog360" : provider
    return (try? Fixture.bytes("\(prefix)-healthy.json")) ?? []
  }

  private static func provider(
    _ name: String,
    _ transport: FaultTransport
  ) -> (any HealthProvider)? {
    let key = Secret("demo-key-0000000")
    let settings = AccountSettings(
      name: "acme",
      baseURL: "https://api.example.com",
      requestsPerMinute: .unlimited,
      watchesTemplates: false,
      values: [
        "access_token": .secret(key),
        "api_key": .secret(key),
        "sid": .text("HX"),
        "header": .header(name: "Authorization", value: Secret("Bearer demo-key-0000000")),
        "numbers": .numbers([ConfiguredNumber(id: "106540352242922")]),
        "channels": .channels([ConfiguredChannel(label: "Berlin", apiKey: key)]),
      ]
    )
    return ProviderCatalog.provider(named: name)?.make(settings, transport)
  }
}

/// Answers well until a fault begins, and remembers when it was asked what.
final class FaultTransport: HTTPTransport {
  struct Asked: Sendable {
    let url: String
    let moment: Moment
  }

  private struct State {
    var asked: [Asked] = []
    var fault: FaultTableTests.Fault?
  }

  /// What Meta is asked beside its numbers.
  private static let sideAnswers = [
    "/subscribed_apps": #"{"data":[{"name":"Shop App"}]}"#,
    "/debug_token?": #"{"data":{"is_valid":true,"expires_at":0}}"#,
  ]

  private let state = Mutex(State())
  private let healthy: HTTPAnswer
  private let time: any TimeSource

  init(healthy: [UInt8], time: any TimeSource) {
    self.healthy = HTTPAnswer(status: 200, body: healthy)
    self.time = time
  }

  var asked: [Asked] { state.withLock { $0.asked } }

  func begin(_ fault: FaultTableTests.Fault) { state.withLock { $0.fault = fault } }

  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    let fault = state.withLock { state in
      state.asked.append(Asked(url: request.url, moment: time.now))
      return state.fault
    }
    guard let fault else {
      let body = Self.sideAnswers.first { request.url.contains($0.key) }?.value
      return body.map { HTTPAnswer(status: 200, body: Array($0.utf8)) } ?? healthy
    }
    if fault.delay > .zero { try? await time.sleep(until: time.now + fault.delay) }
    return try fault.result.get()
  }
}
