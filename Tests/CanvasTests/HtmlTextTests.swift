import Testing

@testable import Canvas

/// A canvas as a page.
struct HtmlTextTests {
  private static func page(
    _ styles: [Role: Style] = [:],
    depth: ColorDepth = .truecolor,
    isDark: Bool = true,
    _ draw: (inout Canvas) -> Void
  ) -> String {
    var canvas = Canvas(width: 24, height: 1)
    draw(&canvas)
    let html = HtmlText(styles: StyleSheet(styles), depth: depth, isDark: isDark)
    return html.page(of: canvas, title: "wabatop")
  }

  private static func row(of page: String) -> String {
    let start = page.firstRange(of: "<pre")?.upperBound ?? page.startIndex
    let open = page[start...].firstIndex(of: ">") ?? page.startIndex
    let end = page.firstRange(of: "</pre>")?.lowerBound ?? page.endIndex
    return String(page[page.index(after: open)..<end])
  }

  @Test(
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/scri…"),
      ("A & B \"x\" 'y'", "A &amp; B &quot;x&quot; &#39;y&#39;"),
      ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
      ("a\u{1B}[31mb\u{7}\u{202E}c", "a[31mbc"),
      ("</pre><h1>", "&lt;/pre&gt;&lt;h1&gt;"),
    ]
  )
  func `nothing that strangers wrote is markup`(name: String, expected: String) {
    let page = Self.page { $0.put(name, row: 0, column: 0, role: .text, width: 23) }
    #expect(Self.row(of: page) == expected)
    #expect(page.ranges(of: "</pre>").count == 1)
  }

  @Test func `colours are the theme's, and what it leaves open is the paper's`() {
    let styles: [Role: Style] = [
      .background: Style(background: Color(hex: "#101418")),
      .text: Style(foreground: Color(hex: "#e0e0e0")),
      .statusBlocked: Style(foreground: Color(hex: "#d55e00"), attributes: .bold),
    ]
    let page = Self.page(styles) {
      $0.put("BLK", row: 0, column: 0, role: .statusBlocked)
      $0.put("Acme", row: 0, column: 4, role: .text)
    }
    #expect(page.contains("color:#e0e0e0;background:#101418"))
    let expected = "<span style=\"color:#d55e00;font-weight:bold\">BLK</span> Acme"
    #expect(Self.row(of: page) == expected)
  }

  @Test func `a page that forbids styles of elements gets classes and a sheet`() {
    var canvas = Canvas(width: 24, height: 2)
    canvas.put("<b> さ é ა שלום עולם", row: 0, column: 0, role: .statusBlocked)
    canvas.put("█▌ok", row: 1, column: 0, role: .statusBlocked)
    let styles: [Role: Style] = [.statusBlocked: Style(foreground: Color(hex: "#d55e00"))]
    let html = HtmlText(styles: StyleSheet(styles), depth: .truecolor, isDark: true)
    let (rows, sheet) = html.parts(of: canvas, in: "pre")
    #expect(!rows.joined().contains("style="))
    #expect(rows[0].hasPrefix("<span class=\"s3\">&lt;b&gt; <span class=\"s0\">さ</span> é "))
    #expect(rows[0].contains("<span class=\"s1\">ა</span>"))
    // Words that run from right to left do so in their own room.
    #expect(rows[0].contains(">שלום עולם</span>"))
    #expect(sheet.contains("width:9ch;direction:rtl;unicode-bidi:isolate;text-align:left}"))
    #expect(sheet.contains(".s0{display:inline-block;width:2ch}\n"))
    #expect(sheet.contains(".s1{display:inline-block;width:1ch;text-align:center}\n"))
    #expect(sheet.contains(".s3{color:#d55e00}\n"))
    // Blocks are painted: fonts leave gaps between them.
    #expect(!rows[1].contains("█") && sheet.contains("{background:#d55e00}"))
    #expect(sheet.contains("{background:linear-gradient(90deg,#d55e00 50%,#000000 50%)}"))
  }

  @Test func `reverse swaps letters and paper, also where the theme has no colours`() {
    let page = Self.page([.title: Style(attributes: .reverse)], depth: .mono, isDark: false) {
      $0.put("wabatop", row: 0, column: 0, role: .title)
    }
    #expect(
      Self.row(of: page)
        == "<span style=\"color:#ffffff;background:#202020\">wabatop</span>"
    )
  }

  @Test func `a wide character takes two columns of any font`() {
    let page = Self.page { $0.put("日本", row: 0, column: 0, role: .text) }
    let span = "<span style=\"display:inline-block;width:2ch\">"
    #expect(Self.row(of: page) == "\(span)日</span>\(span)本</span>")
  }

  @Test(arguments: [(ColorDepth.indexed256, "#d75f00"), (.truecolor, "#d55e00")])
  func `a depth that was asked for is kept`(depth: ColorDepth, color: String) {
    let page = Self.page([.statusBlocked: Style(foreground: Color(hex: "#d55e00"))], depth: depth) {
      $0.put("X", row: 0, column: 0, role: .statusBlocked)
    }
    #expect(Self.row(of: page) == "<span style=\"color:\(color)\">X</span>")
  }
}
