import Testing

@testable import Providers

@Suite struct GraphPageTests {
  static func page(_ text: String) throws -> GraphPage? {
    GraphPage(try JSON.parse(Array(text.utf8)))
  }

  @Test(arguments: [
    (#"{"data":[{}],"paging":{"cursors":{"after":"A"},"next":"https://x"}}"#, "A"),
    (#"{"data":[{}],"paging":{"cursors":{"before":"B","after":"A"}}}"#, nil),
    (#"{"data":[{}]}"#, nil),
    (#"{"data":[{}],"paging":{}}"#, nil),
    (
      #"{"data":[{}],"paging":{"next":"https://x/y?access_token=t&after=QVF%3D%2B&limit=1"}}"#,
      "QVF=+"
    ),
    (#"{"data":[{}],"paging":{"next":"https://x/y?limit=1"}}"#, nil),
    (#"{"data":[{}],"paging":{"next":"https://x/y"}}"#, nil),
    (#"{"data":[{}],"paging":{"next":"?after=%"}}"#, nil),
  ])
  func `the next cursor is there only where the page says that there is more`(
    text: String,
    cursor: String?
  ) throws {
    #expect(try #require(try Self.page(text)).next == cursor)
  }

  @Test(arguments: ["{}", "[]", #"{"data":null}"#, #"{"data":{}}"#, #"{"data":"x"}"#])
  func `what has no list is no page`(text: String) throws {
    #expect(try Self.page(text) == nil)
  }

  // MARK: Walking

  static let item = JSON.object([JSON.Member("id", .string("1"))])

  static func page(next: String?, items: Int = 1) throws -> GraphPage {
    let link = next.map { #", "paging":{"cursors":{"after":"\#($0)"},"next":"https://x"}"# } ?? ""
    let items = Array(repeating: "{}", count: items).joined(separator: ",")
    return try #require(try page(#"{"data":[\#(items)]\#(link)}"#))
  }

  @Test func `a list is whole at the first page without a next one`() throws {
    var walk = GraphPageWalk()
    #expect(walk.first == .ask(after: nil))
    #expect(walk.step(after: try Self.page(next: "A")) == .ask(after: "A"))
    #expect(walk.step(after: try Self.page(next: "B")) == .ask(after: "B"))
    #expect(walk.step(after: try Self.page(next: nil)) == .end(isWhole: true))
  }

  @Test func `an empty page ends a list, whatever it says of a next one`() throws {
    var walk = GraphPageWalk()
    #expect(walk.step(after: try Self.page(next: "A", items: 0)) == .end(isWhole: true))
  }

  @Test func `a cursor that comes again ends a list that is not whole`() throws {
    var walk = GraphPageWalk()
    #expect(walk.step(after: try Self.page(next: "A")) == .ask(after: "A"))
    #expect(walk.step(after: try Self.page(next: "B")) == .ask(after: "B"))
    #expect(walk.step(after: try Self.page(next: "A")) == .end(isWhole: false))
  }

  @Test func `a list without end ends after a hundred pages`() throws {
    var walk = GraphPageWalk()
    var pages = 0
    var step = walk.first
    while case .ask = step, pages < 1_000 {
      pages += 1
      step = walk.step(after: try Self.page(next: "cursor-\(pages)"))
    }
    #expect(pages == 100)
    #expect(step == .end(isWhole: false))
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
