import Health
import Testing

@Suite struct EnumerationTests {
  @Test(arguments: [
    ("TIER_50", MessagingLimit.recipients(50)), ("TIER_250", .recipients(250)),
    ("TIER_1K", .recipients(1_000)), ("TIER_2K", .recipients(2_000)),
    ("tier_10k", .recipients(10_000)),
    ("TIER_100K", .recipients(100_000)), ("TIER_1M", .recipients(1_000_000)),
    ("TIER_UNLIMITED", .unlimited), ("TIER_NOT_SET", .notSet), ("NOT_SET", .notSet),
    ("UNTIERED", .notSet), ("-1", .notSet), ("10000", .recipients(10_000)), ("", .notSet),
    ("TIER_K", .unrecognized("TIER_K")), ("TIER_+5", .unrecognized("TIER_+5")),
    ("TIER_99999999999999999999K", .unrecognized("TIER_99999999999999999999K")),
    ("LOTS", .unrecognized("LOTS")),
  ])
  func `limits are read from tiers, digits and words`(text: String, limit: MessagingLimit) {
    #expect(AsSent<MessagingLimit>(text).value == limit)
  }

  @Test func `what was sent stays as it was sent`() {
    let word = AsSent<Availability>(" Available ")
    #expect(word.value == .available)
    #expect(word.text == " Available ")
    #expect(AsSent<Availability>("Degraded").value == .unrecognized("DEGRADED"))
    #expect(AsSent<Availability>("Degraded").text == "Degraded")
  }

  @Test(arguments: [
    ("Approved", HealthState.available), ("PAUSED", .limited), ("Submission Rejected", .blocked),
    ("REJECTED", .blocked), ("DISABLED", .blocked), ("SOMETHING", .unknown),
  ])
  func `a template's status has a colour`(status: String, state: HealthState) {
    #expect(AsSent<TemplateStatus>(status).value.state == state)
  }

  @Test(arguments: [
    ("138024", EntityError.Code.number(138_024)), (" 141006 ", .number(141_006)),
    ("WA401", .text("WA401")),
  ])
  func `a code is a number where it is one`(text: String, code: EntityError.Code) {
    #expect(EntityError.Code(text) == code)
  }
}

@Suite struct KnowledgeTests {
  @Test func `every entry says what to do and appears once per meaning`() {
    for entry in Knowledge.all {
      #expect(!entry.meaning.isEmpty && entry.meaning.hasSuffix("."))
      #expect(!entry.remedy.isEmpty && entry.remedy.hasSuffix("."))
    }
    #expect(Set(Knowledge.all.map(\.subject)).count == Knowledge.all.count)
  }

  @Test func `131000 depends on where it stands`() {
    let business = Knowledge.entry(for: .number(131_000), on: .business)
    let flow = Knowledge.entry(for: .number(131_000), on: .flow)
    #expect(business != flow)
    #expect(Knowledge.entry(for: .number(131_000), on: .phoneNumber) == nil)
  }

  @Test func `an unknown code has no entry`() {
    #expect(Knowledge.entry(for: .number(141_011)) == nil)
    #expect(Knowledge.entry(for: .text("WA401")) == nil)
    #expect(Knowledge.entry(for: nil) == nil)
  }

  @Test func `a link holds the ids that it needs, and nothing but plain letters of them`() {
    let payment = Knowledge.entry(for: .number(141_006), on: .waba)
    #expect(
      payment?.link(waba: "10&2\u{1B}[31m", business: nil)
        == "https://business.facebook.com/billing_hub/accounts/details/?asset_id=10231m"
    )
    #expect(payment?.link(waba: nil, business: "7") == nil)
  }
}
