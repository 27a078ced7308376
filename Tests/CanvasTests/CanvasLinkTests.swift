import Testing

@testable import Canvas

struct CanvasLinkTests {
  private static let address = "https://business.facebook.com/settings"

  @Test func `a link is where it was drawn, clipped like its text`() {
    var canvas = Canvas(width: 20, height: 3)
    canvas.within(Rect(row: 1, column: 2, width: 10, height: 1)) { canvas in
      canvas.put(Self.address, row: 0, column: 0, role: .accent)
      canvas.link(Rect(row: 0, column: 0, width: 38, height: 1), to: Self.address)
    }
    let link = canvas.visibleLinks.first
    #expect(canvas.visibleLinks.count == 1)
    #expect(link?.row == 1)
    #expect(link?.columns == 2..<12)
    #expect(link?.address == Self.address)
  }

  @Test func `what is drawn over a link is none`() {
    var canvas = Canvas(width: 60, height: 2)
    canvas.put(Self.address, row: 0, column: 0, role: .accent)
    canvas.link(Rect(row: 0, column: 0, width: 38, height: 1), to: Self.address)
    canvas.put("x", row: 0, column: 5, role: .text)
    #expect(canvas.visibleLinks.isEmpty)
  }

  @Test(arguments: [
    "http://example.com/", "javascript:alert(1)", "https://example.com/\u{1B}[31m",
    "https://example.com/a b", "https://example.com/\u{9C}", "https://exämple.com/",
    "https://example.com/" + String(repeating: "a", count: 2048), "",
  ])
  func `an address that is not safe is no link`(address: String) {
    var canvas = Canvas(width: 60, height: 1)
    canvas.link(Rect(row: 0, column: 0, width: 9, height: 1), to: address)
    #expect(canvas.visibleLinks.isEmpty)
  }
}
