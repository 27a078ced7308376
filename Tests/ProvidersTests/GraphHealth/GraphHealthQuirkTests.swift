import Health
import Providers
import Testing

/// The quirks of health answers that have been seen, or that nobody rules out.
struct GraphHealthQuirkTests {
  @Test(
    arguments: [
      #"{"health_status": {"can_send_message": "LIMITED", "entities": []}}"#,
      #"{"data": {"health_status": {"can_send_message": "LIMITED"}}}"#,
      #"{"can_send_message": "LIMITED"}"#,
      #"{"data": {"can_send_message": "LIMITED", "id": "1"}}"#,
      #"{"health_status": "{\"can_send_message\": \"LIMITED\"}"}"#,
      #"{"health_status": {"can_send_messages": "LIMITED"}}"#,
      #"{"health_status": {"entity_status": "LIMITED"}}"#,
      #"{"Code": "OK", "Data": {"CanSendMessage": "LIMITED", "Entities": {}}}"#,
      #"{"health_status": {"can_send_message": " limited "}, "id": 1}"#,
    ]
  )
  func `the health object is found wherever it is`(body: String) throws {
    let report = try #require(try report(body))
    #expect(report.root?.value == .limited)
    #expect(report.entities.isEmpty)
    #expect(report.incomplete?.hasPrefix("The answer has a summary, and") == true)
    #expect(Verdict(of: report).word == .limited)
  }

  @Test(
    arguments: [
      #"{"status": "CONNECTED"}"#,
      #"{"health_status": null, "display_phone_number": "+1 555 0100"}"#,
      #"{"health_status": {}, "quality_rating": "GREEN"}"#,
    ]
  )
  func `facts without health are a report that says what is missing`(body: String) throws {
    let report = try #require(try report(body))
    #expect(report.incomplete == "The answer holds no health data.")
    #expect(Verdict(of: report).word == .unknown)
  }

  @Test(
    arguments: [
      "{}", #"{"id": "1"}"#, #"{"health_status": {}}"#, #"{"health_status": null, "id": "1"}"#,
      #"{"data": []}"#, #"{"success": true}"#, "[]", #""AVAILABLE""#, "7",
    ]
  )
  func `neither health nor facts is no report`(body: String) throws {
    #expect(try report(body) == nil)
  }

  @Test(
    arguments: [
      (#"{"errors": null, "additional_info": null}"#, 0, 0),
      (#"{"errors": {"error_code": 141006}, "additional_info": "one"}"#, 1, 1),
      (#"{"errors": "[{\"error_code\": 141006}, {\"code\": 1}]"}"#, 2, 0),
      (#"{"errors": [null, {}, ""], "additional_info": ["", null, "two"]}"#, 0, 1),
      (#"{"errors": ["text"], "additional_info": [{"text": "x"}, 7]}"#, 1, 2),
      (#"{"Errors": [{"ErrorCode": "141006"}], "AdditionalInfos": ["x"]}"#, 1, 1),
      (#"{"errors": [{"error_code": 1}, {"error_code": 1}]}"#, 2, 0),
    ]
  )
  func `errors and infos are lists whatever was sent`(
    source: String,
    errors: Int,
    infos: Int
  ) throws {
    let entity = try entity(source)
    #expect(entity.errors.count == errors)
    #expect(entity.additionalInfo.count == infos)
  }

  @Test(
    arguments: [
      #"{"error_code": 141006, "error_description": "d", "possible_solution": "s"}"#,
      #"{"error_code": "141006", "error_description": "d", "possible_solution": "s"}"#,
      #"{"code": 141006, "message": "d", "solution": "s"}"#,
      #"{"ErrorCode": "141006", "ErrorDescription": "d", "PossibleSolution": "s"}"#,
    ]
  )
  func `an error has the same values under every spelling`(error: String) throws {
    let entity = try entity(#"{"errors": [\#(error)]}"#)
    #expect(
      entity.errors == [EntityError(code: .number(141_006), description: "d", solution: "s")]
    )
  }

  @Test func `a code that is no number is kept as text`() throws {
    let entity = try entity(#"{"errors": [{"error_code": "WA-7", "possible_solution": " "}]}"#)
    #expect(entity.errors == [EntityError(code: .text("WA-7"), description: nil, solution: nil)])
  }

  @Test func `the placeholder becomes the number's id, or stays`() throws {
    let error = #""errors": [{"code": 138024, "solution": "POST {PHONE_NUMBER_ID}/settings"}]"#
    let number = #"{"entity_type": "phone_number", "id": 106540352242922}"#
    let app = #"{"entity_type": "APP", \#(error)}"#
    func solution(_ body: String) throws -> String? {
      try report(body)?.entities.first { !$0.errors.isEmpty }?.errors[0].solution
    }
    #expect(
      try solution(#"{"health_status": {"entities": [\#(app), \#(number)]}, "id": "1"}"#)
        == "POST 106540352242922/settings"
    )
    #expect(
      try solution(#"{"health_status": {"entities": [\#(app)]}, "id": "1"}"#) == "POST 1/settings"
    )
    #expect(
      try solution(#"{"health_status": {"entities": [\#(app)]}}"#)
        == "POST {PHONE_NUMBER_ID}/settings"
    )
  }

  @Test func `an entity without type, id or state is an entity`() throws {
    let report = try #require(
      try report(#"{"health_status": {"entities": [{}, {"errors": [{"code": 141006}]}, null, 7]}}"#)
    )
    #expect(report.entities.count == 2)
    #expect(report.entities.allSatisfy { $0.type == nil && $0.reference == nil })
    #expect(report.entities[1].messagingErrors.count == 1)
  }

  @Test func `entities that share an id or a type are all kept, in their order`() throws {
    let report = try #require(
      try report(
        """
        {"health_status": {"entities": [
          {"entity_type": "APP", "id": 1}, {"entity_type": "WABA", "id": 1},
          {"entity_type": "WABA", "id": 1, "can_send_message": "BLOCKED"}]}}
        """
      )
    )
    #expect(report.entities.map(\.type?.text) == ["APP", "WABA", "WABA"])
    #expect(report.entities.map(\.id) == ["1", "1", "1"])
    #expect(Verdict(of: report).word == .blocked)
  }

  @Test func `further channels are kept by their name`() throws {
    let entity = try entity(
      #"{"can_send_sms": "AVAILABLE", "can_receive_call_sip": "LIMITED", "can_fax": false}"#
    )
    #expect(entity.canReceiveCallSIP == AsSent("LIMITED"))
    #expect(entity.otherChannels == [Fact("can_fax", "false"), Fact("can_send_sms", "AVAILABLE")])
  }

  @Test func `masked ids and long ids keep every character`() throws {
    #expect(try entity(#"{"id": "489XXXXXXXX9632"}"#).id == "489XXXXXXXX9632")
    #expect(try entity(#"{"id": 10654035224292200001}"#).id == "10654035224292200001")
  }

  @Test func `a template's health is found by its type`() throws {
    let json = try JSON.parse(
      Array(
        """
        {"health_status": {"entities": [
          {"entity_type": "WABA", "id": "1"}, {"entity_type": "MESSAGE_TEMPLATE", "id": "2"}]}}
        """.utf8
      )
    )
    #expect(HealthEntity(ofType: .messageTemplate, graphNode: json)?.id == "2")
    #expect(HealthEntity(ofType: .flow, graphNode: json) == nil)
    #expect(HealthEntity.all(inGraphNode: json).map(\.id) == ["1", "2"])
  }

  private func report(_ body: String) throws -> HealthReport? {
    HealthReport(graphNode: try JSON.parse(Array(body.utf8)))
  }

  private func entity(_ entity: String) throws -> HealthEntity {
    let report = try report(#"{"health_status": {"entities": [\#(entity)]}}"#)
    return try #require(report?.entities.first)
  }
}
