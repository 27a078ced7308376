import Monitor
import Testing

/// The form of a phone number by which programs join what they know of it.
@Suite struct E164Tests {
  @Test(arguments: [
    ("+1 213-555-0101", "+12135550101"), ("+44 7700 900131", "+447700900131"),
    ("12135550101", "+12135550101"), ("+49 (30) 5550.0101", "+493055500101"),
    ("+12135550101", "+12135550101"),
  ])
  func `is the same in any format`(text: String, form: String) {
    #expect(NumberRecord.e164(text) == form)
  }

  @Test(arguments: [
    "", "+", "914XXXXXX139", "+91 4X XXXX X139", "+0 213 555 0101", "+123", "1234567890123456",
    "Berlin", "+٤٤ ٧٧٠٠ ٩٠٠١٣١",
  ])
  func `is not made of what is no whole number`(text: String) {
    #expect(NumberRecord.e164(text) == nil)
  }
}
