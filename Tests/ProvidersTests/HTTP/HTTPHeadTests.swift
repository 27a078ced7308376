import Testing

@testable import Providers

struct HTTPHeadTests {
  private func head(_ text: String) -> HTTPHead { HTTPHead(Array(text.utf8)) }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\nDate: now\r\n\r\n", "now"),
    ("HTTP/1.1 200 OK\ndate:\t now \n", "now"),
    ("HTTP/1.1 200 OK\r\nDates: no\r\nDATE: a\r\nDate: b", "a"),
    ("HTTP/1.1 200 OK\r\nDate:", ""),
  ])
  func `a header's first value is found whatever its case`(text: String, value: String) {
    #expect(head(text).value(of: "Date") == value)
  }

  @Test(arguments: [
    "", "\n", "Date: of the status line\r\n", "HTTP/1.1 200 OK\r\nDate\r\n: x\r\n",
    "HTTP/1.1 200 OK\r\nD\u{0}te: x\r\n",
  ])
  func `a head without it has none`(text: String) {
    #expect(head(text).value(of: "Date") == nil)
  }
}
