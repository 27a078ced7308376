import Testing

@testable import Providers

struct ListWalkTests {
  struct Page: Sendable {
    var ids: [String?]
    var hasNext: Bool
    var total: Int?

    init(_ ids: [String?], next hasNext: Bool = false, total: Int? = nil) {
      (self.ids, self.hasNext, self.total) = (ids, hasNext, total)
    }
  }

  @Test(arguments: [
    ([Page(["1"])], ListWalk.End.whole),
    ([Page([])], .whole),
    ([Page(["1"], next: true), Page([])], .whole),
    ([Page(["1"], next: true), Page(["2"])], .whole),
    ([Page(["1"], next: true, total: 2), Page(["2"], total: 2)], .whole),
    ([Page([nil, nil], next: true), Page([nil])], .whole),
    ([Page(["1"], next: true), Page(["1"], next: true)], .cut("its pages repeat")),
    ([Page(["1", "2"], next: true), Page(["2"])], .cut("its last page repeats an earlier one")),
    (
      [Page(["1"], next: true), Page([], next: true)], .cut("an empty page says that there is more")
    ),
    ([Page([], next: true)], .cut("an empty page says that there is more")),
    ([Page(["1"], total: 3)], .cut("only 1 of 3 entries came")),
    (
      [Page(["1"], next: true, total: 3), Page(["2"], total: 3)], .cut("only 2 of 3 entries came")
    ),
  ])
  func `a list is whole only where nothing speaks against it`(pages: [Page], end: ListWalk.End) {
    var walk = ListWalk()
    let ends = pages.map { walk.take($0.ids, hasNext: $0.hasNext, total: $0.total) }
    #expect(ends.dropLast().allSatisfy { $0 == nil })
    #expect(ends.last == end)
  }

  @Test func `a list of endless pages ends`() {
    var walk = ListWalk()
    var asked = 0
    while walk.take(["\(asked)"], hasNext: true) == nil { asked += 1 }
    #expect(asked == 999)
  }

  @Test func `a list of endless numbers ends`() {
    var walk = ListWalk()
    var asked = 0
    let page = 1_000
    while walk.take((asked..<asked + page).map(String.init), hasNext: true) == nil { asked += page }
    #expect(walk.entries == 100_000)
  }
}
