import Health
import Testing

@testable import Providers

@Suite struct GraphErrorTests {
  static let caller = GraphCaller(
    provider: "Meta",
    account: "direct",
    credentialKey: "access_token",
    secret: Secret("EAAdemo-token-0000000000")
  )

  static func error(
    _ error: GraphError,
    status: Int? = 400,
    retryAfter: Duration? = nil
  ) -> ProviderError {
    error.providerError(
      httpStatus: status,
      retryAfter: retryAfter,
      about: .number("106540352242922"),
      asking: caller
    )
  }

  @Test(arguments: [
    (0, nil, ProviderError.Kind.credentialRejected),
    (190, nil, .credentialRejected),
    (190, 463, .credentialRejected),
    (190, 460, .credentialRejected),
    (190, 458, .credentialRejected),
    (190, 467, .credentialRejected),
    (3, nil, .numberRefused),
    (10, nil, .numberRefused),
    (200, nil, .numberRefused),
    (299, nil, .numberRefused),
    (131_005, nil, .numberRefused),
    (4, nil, .throttled(retryAfter: nil)),
    (17, nil, .throttled(retryAfter: nil)),
    (32, nil, .throttled(retryAfter: nil)),
    (613, nil, .throttled(retryAfter: nil)),
    (80_007, nil, .throttled(retryAfter: nil)),
    (80_008, nil, .throttled(retryAfter: nil)),
    (341, nil, .throttled(retryAfter: nil)),
    (459, nil, .credentialRejected),
    (104, nil, .credentialRejected),
    (2_635, nil, .providerError),
    (12, nil, .providerError),
    (1, nil, .providerError),
    (2, nil, .providerError),
    (131_057, nil, .providerError),
    (2_494_100, nil, .providerError),
    (131_016, nil, .providerError),
    (33, nil, .numberRefused),
    (100, nil, .providerError),
    (100, 33, .numberRefused),
    (100, 2_388_001, .numberRefused),
    (131_009, nil, .providerError),
    (131_059, nil, .providerError),
    (368, nil, .numberRefused),
    (131_031, nil, .numberRefused),
  ])
  func `the code decides, whatever the HTTP status`(
    code: Int,
    subcode: Int?,
    kind: ProviderError.Kind
  ) {
    for status in [200, 400, 401, 403, 500, 503] {
      let error = Self.error(GraphError(code: code, subcode: subcode, message: "x"), status: status)
      #expect(error.kind == kind)
      #expect(error.code == .number(code))
      #expect(error.httpStatus == status)
    }
  }

  @Test(arguments: [
    (401, ProviderError.Kind.credentialRejected),
    (403, .numberRefused),
    (404, .numberRefused),
    (429, .throttled(retryAfter: .seconds(7))),
    (500, .providerError),
    (400, .providerError),
    (200, .providerError),
  ])
  func `an unexplained code leaves it to the HTTP status`(
    status: Int,
    kind: ProviderError.Kind
  ) {
    for code in [nil, 987_654] {
      let error = GraphError(code: code, message: "x")
      #expect(Self.error(error, status: status, retryAfter: .seconds(7)).kind == kind)
    }
  }

  @Test(arguments: [
    "API access deactivated. To reactivate, go to the app dashboard.", "(#200) API access blocked.",
  ])
  func `an app that is switched off is the account's trouble, not a permission`(message: String) {
    let error = Self.error(GraphError(code: 200, message: message))
    #expect(error.kind == .credentialRejected && error.code == .number(200))
    #expect(error.whoActs == .you)
    #expect(error.message.contains("switched off the app of account direct"))
    #expect(error.message.contains("https://developers.facebook.com/apps"))
    #expect(!error.message.contains("permission") && !error.message.contains("access_token"))
  }

  @Test(arguments: [
    (100, "API calls from the server require an appsecret_proof argument", "direct.app_secret"),
    (104, "Requires appsecret_proof", "direct.app_secret"),
    (2_635, "You are calling a deprecated version", "direct.graph_version"),
    (12, "Deprecated", "direct.graph_version"),
    (459, "The user is checkpointed", "log in at facebook.com"),
  ])
  func `the remedy names what has to be changed, and it is yours`(
    code: Int,
    message: String,
    remedy: String
  ) {
    let caller = GraphCaller(
      provider: "Meta",
      account: "direct",
      credentialKey: "access_token",
      secret: nil,
      listsEveryKind: true
    )
    let error = GraphError(code: code, message: message).providerError(
      httpStatus: 400,
      retryAfter: nil,
      about: .number("1"),
      asking: caller
    )
    #expect(error.whoActs == .you)
    #expect(error.message.contains(remedy))
    #expect(!error.message.contains("access_token"))
  }

  @Test(arguments: [100, 2500])
  func `a question that makes no sense is the configuration's`(code: Int) {
    let error = Self.error(GraphError(code: code, message: "Unknown path components: /v24.0"))
    #expect(error.kind == .providerError && error.whoActs == .you)
    #expect(error.message.contains("Check base_url, path and version in the configuration."))
  }

  /// A provider whose own token asks Meta.
  static let passer = GraphCaller(
    provider: "360dialog",
    account: "shops",
    credentialKey: "channels (Berlin)",
    secret: Secret("d360-demo-key-000"),
    sendsMetaToken: false
  )

  @Test(arguments: [
    (190, "Session has expired", "360dialog has to reconnect it"),
    (0, "Cannot authenticate", "360dialog has to reconnect it"),
    (200, "API access deactivated.", "360dialog has to reactivate it"),
  ])
  func `a token that the provider has at Meta is the provider's to renew`(
    code: Int,
    message: String,
    step: String
  ) {
    let error = GraphError(code: code, message: message).providerError(
      httpStatus: 401,
      retryAfter: nil,
      about: GraphSubject("channel Berlin"),
      asking: Self.passer
    )
    #expect(error.kind == .providerError && error.whoActs == .provider)
    #expect(error.message.contains(step))
    #expect(!error.message.contains("Replace it"))
  }

  @Test(arguments: [190, 10, 100, 33, 368, 987_654])
  func `a transient error is the provider's, whatever its code`(code: Int) {
    let error = GraphError(code: code, message: "x", isTransient: true)
    #expect(Self.error(error).kind == .providerError)
  }

  @Test func `a limit that Meta calls transient still slows us down`() {
    let error = GraphError(code: 4, message: "x", isTransient: true)
    #expect(
      Self.error(error, retryAfter: .seconds(90)).kind == .throttled(retryAfter: .seconds(90))
    )
  }

  @Test func `the envelope is read with everything in it`() throws {
    let body = try JSON.parse(
      Array(
        #"""
        {"error":{"message":"(#131031) Business account locked","type":"OAuthException",
        "code":"131031","error_subcode":2494055,"error_data":{"messaging_product":"whatsapp",
        "details":"Business Account has been locked."},"error_user_title":"Locked",
        "error_user_msg":"Appeal it.","is_transient":false,"fbtrace_id":"AbCdEf"}}
        """#.utf8
      )
    )
    let error = try #require(GraphError(body))
    #expect(
      error
        == GraphError(
          code: 131_031,
          subcode: 2_494_055,
          message: "(#131031) Business account locked",
          details: "Business Account has been locked.",
          userMessage: "Appeal it.",
          traceID: "AbCdEf"
        )
    )
    #expect(
      Self.error(error).message == """
        Meta has restricted or locked number 106540352242922 (131031/2494055): \
        Business account locked Business Account has been locked. Appeal it. \
        Account quality in WhatsApp Manager says why; appeal there. Trace AbCdEf.
        """
    )
  }

  @Test(arguments: [
    "{}", "null", "[]", #"{"error":"text"}"#, #"{"error":{}}"#, #"{"error":null}"#, #""error""#,
    #"{"health_status":{}}"#,
  ])
  func `anything else is no envelope`(text: String) throws {
    #expect(GraphError(try JSON.parse(Array(text.utf8))) == nil)
  }

  @Test func `a refused credential names the account, the key and the next step`() {
    let error = Self.error(
      GraphError(code: 190, subcode: 463, message: "Session has expired", traceID: "T1")
    )
    #expect(
      error.message == """
        Meta refused the credential of account direct (190/463): Session has expired. \
        Replace it in the configuration, accounts.direct.access_token. Trace T1.
        """
    )
  }

  @Test(arguments: [
    (GraphSubject.number("1"), "whatsapp_business_management"),
    (.businessAccount("1"), "whatsapp_business_management"),
    (.business("1"), "business_management"),
  ])
  func `a missing permission is named`(subject: GraphSubject, permission: String) {
    let error = GraphError(code: 200, message: "(#200) Permissions error")
      .providerError(httpStatus: 403, retryAfter: nil, about: subject, asking: Self.caller)
    #expect(error.message.contains(permission))
    #expect(error.message.contains(subject.description))
  }

  @Test(arguments: [
    "Malformed access token EAAdemo-token-0000000000",
    "Cannot parse EAAanotherpersonstoken123456",
    "GET /v24.0/1?access_token=abcdef&x=1 failed",
  ])
  func `no token gets into a sentence`(message: String) {
    let error = GraphError(code: 190, message: message, details: message, traceID: message)
    let sentence = Self.error(error).message
    #expect(!sentence.contains("EAA"))
    #expect(!sentence.contains("abcdef"))
    #expect(sentence.contains("•••"))
  }

  @Test func `the word before a header's secret does not save the secret`() {
    let caller = GraphCaller(
      provider: "partner",
      account: "partner",
      credentialKey: "header",
      secret: Secret("Bearer partner-demo-key-000")
    )
    #expect(caller.redacted("bad token partner-demo-key-000") == "bad token •••")
  }

  @Test func `a long text is cut`() {
    let error = Self.error(GraphError(code: 1, message: String(repeating: "word ", count: 2_000)))
    #expect(error.message.count < 600)
    #expect(error.message.contains("…"))
  }
}

@Suite struct GraphUnknownFieldTests {
  static let requested = ["id", "name", "status", "quality_score", "health_status"]

  @Test(arguments: [
    (
      "(#100) Tried accessing nonexisting field (health_status) on node type (WhatsAppBusiness…)",
      ["health_status"]
    ),
    ("(#100) Tried accessing nonexisting field (status) on node with id 12", ["status"]),
    ("(#100) Unknown fields: quality_score, status.", ["quality_score", "status"]),
    ("Unknown field \"name\" requested", ["name"]),
    ("(#100) health_status is not a valid field of this node", ["health_status"]),
    ("(#100) Tried accessing nonexisting field (other)", []),
    ("(#100) Param status must be one of {A, B}", []),
    ("Unsupported get request. Object with ID '1' does not exist", []),
  ])
  func `the field that a node does not have is named`(message: String, fields: [String]) {
    let error = GraphError(code: 100, message: message)
    #expect(error.unknownFields(among: Self.requested) == fields)
  }

  @Test func `the details may name it`() {
    let error = GraphError(
      code: 100,
      message: "(#100) Invalid parameter",
      details: "nonexisting field (name)"
    )
    #expect(error.unknownFields(among: Self.requested) == ["name"])
  }

  @Test(arguments: [(10, nil), (100, 33), (nil, nil)] as [(Int?, Int?)])
  func `no other error names a field`(code: Int?, subcode: Int?) {
    let error = GraphError(code: code, subcode: subcode, message: "nonexisting field (name)")
    #expect(error.unknownFields(among: Self.requested).isEmpty)
  }
}
