import Health
import Testing

@testable import Monitor

@Suite struct CauseKeyTests {
  @Test(arguments: [
    CauseID.entity(EntityReference(type: .waba, id: "102938475610")),
    .entity(EntityReference(type: .unrecognized("THING"), id: "a/b")),
    .signal(.quality, text: "Quality RED: 3/4 of the limit."),
    .signal(.entity(.phoneNumber), text: "131031 locked"),
    .account("acme/eu", .keyRejected),
    .provider("meta", .unreachable),
    .offline,
    .templates(.paused),
    .templates(.unrecognized("ODD")),
  ])
  func `a cause is found again by its key`(_ cause: CauseID) {
    #expect(CauseID(key: cause.key) == cause)
  }

  @Test(arguments: [
    "", "entity", "entity/WABA", "account/acme", "account/acme/bored", "offline/x", "?",
  ])
  func `a text that is no key has no cause`(_ key: String) {
    #expect(CauseID(key: key) == nil)
  }
}
