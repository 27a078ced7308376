import Testing

@testable import Providers

@Suite struct GraphPageTests {
  static func page(_ text: String) throws -> GraphPage? {
    GraphPage(try JSON.parse(Array(text.utf8)))
  }

  static let lost = GraphPage.Next.lost("its next page has no cursor")
  static let elsewhere = GraphPage.Next.lost("the link to its next page points to another host")

  @Test(arguments: [
    (#"{"cursors":{"after":"A"},"next":"https://x"}"#, GraphPage.Next.after("A")),
    (#"{"cursors":{"before":"B","after":"A"}}"#, .none),
    ("{}", .none),
    (
      #"{"next":"https://graph.facebook.com/y?access_token=t&after=QVF%3D%2B&limit=1"}"#,
      .after("QVF=+")
    ),
    (#"{"next":"https://graph.example.com/y?after=A"}"#, .after("A")),
    (#"{"next":"https://graph.example.com/y?limit=1"}"#, lost),
    (#"{"next":"https://graph.example.com/y"}"#, lost),
    (#"{"next":"?after=%"}"#, lost),
    (#"{"next":"https://evil.example.com/y?after=A"}"#, elsewhere),
    (#"{"next":"https://graph.example.com.evil.example.com/y?after=A"}"#, elsewhere),
    (#"{"next":"https://evil.example.com?x=://graph.example.com/y&after=A"}"#, elsewhere),
  ])
  func `the next cursor is there only where the page says that there is more`(
    paging: String,
    next: GraphPage.Next
  ) throws {
    let json = try JSON.parse(Array(#"{"data":[{}],"paging":\#(paging)}"#.utf8))
    let page = try #require(GraphPage(json, from: "https://graph.example.com/base"))
    #expect(page.next == next)
    #expect(GraphPage(try JSON.parse(Array(#"{"data":[{}]}"#.utf8)))?.next == GraphPage.Next.none)
  }

  @Test(arguments: ["{}", "[]", #"{"data":null}"#, #"{"data":{}}"#, #"{"data":"x"}"#])
  func `what has no list is no page`(text: String) throws {
    #expect(try Self.page(text) == nil)
  }

  // MARK: Walking

  static let item = JSON.object([JSON.Member("id", .string("1"))])

  static func page(next: String?, items: Range<Int> = 0..<1) throws -> GraphPage {
    let link = next.map { #", "paging":{"cursors":{"after":"\#($0)"},"next":"https://x"}"# } ?? ""
    let items = items.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
    return try #require(try page(#"{"data":[\#(items)]\#(link)}"#))
  }

  @Test func `a list is whole at the first page without a next one`() throws {
    var walk = GraphPageWalk()
    #expect(walk.first == .ask(after: nil))
    #expect(walk.step(after: try Self.page(next: "A", items: 0..<2)) == .ask(after: "A"))
    #expect(walk.step(after: try Self.page(next: "B", items: 2..<4)) == .ask(after: "B"))
    #expect(walk.step(after: try Self.page(next: nil, items: 4..<5)) == .end(.whole))
    #expect(walk.entries == 5)
  }

  @Test func `a cursor that comes again ends a list that is not whole`() throws {
    var walk = GraphPageWalk()
    #expect(walk.step(after: try Self.page(next: "A", items: 0..<1)) == .ask(after: "A"))
    #expect(walk.step(after: try Self.page(next: "B", items: 1..<2)) == .ask(after: "B"))
    let step = walk.step(after: try Self.page(next: "A", items: 2..<3))
    #expect(step == .end(.cut("a cursor repeats")))
  }

  @Test func `a list without end ends after a hundred pages`() throws {
    var walk = GraphPageWalk()
    var pages = 0
    var step = walk.first
    while case .ask = step, pages < 1_000 {
      pages += 1
      step = walk.step(after: try Self.page(next: "cursor-\(pages)", items: pages..<(pages + 1)))
    }
    #expect(pages == 100)
    #expect(step == .end(.cut("it does not end after 100 pages")))
  }

  @Test func `a forgotten cursor starts the list once more, and once only`() throws {
    let forgotten = GraphError(code: 131_059, message: "x")
    var walk = GraphPageWalk()
    #expect(walk.restart(after: forgotten) == nil, "there was no cursor to forget")
    #expect(walk.step(after: try Self.page(next: "A")) == .ask(after: "A"))
    #expect(walk.restart(after: GraphError(code: 100, message: "x")) == nil)
    #expect(walk.restart(after: nil) == nil)
    #expect(walk.restart(after: forgotten) == .ask(after: nil))
    #expect(walk.step(after: try Self.page(next: "A")) == .ask(after: "A"), "it is new again")
    #expect(walk.restart(after: forgotten) == nil)
  }

  // MARK: Bytes

  @Test(arguments: [
    (
      #"{"data":[{"a":1},{"b":[2,{"c":"]}"}]}],"paging":{}}"#,
      [#"{"a":1}"#, #"{"b":[2,{"c":"]}"}]}"#]
    ),
    (#"{"paging":{"data":[9]},"data": [ 1 , "x,\"y" ,null ] }"#, ["1", #""x,\"y""#, "null"]),
    (#"{"data":[]}"#, []),
    (#"{"data":[{"a":1}],"data":[{"b":2}]}"#, [#"{"b":2}"#]),
    (#"[{"data":[1]}]"#, []),
    (#"{"x":"data","y":[1]}"#, []),
  ])
  func `each item keeps its own bytes`(text: String, items: [String]) throws {
    let page = GraphPage(try JSON.parse(Array(text.utf8)))
    let found = page?.items.map { String(decoding: $0.source, as: UTF8.self) }
    #expect(found ?? [] == items)
  }
}
