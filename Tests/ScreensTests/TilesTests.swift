import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct TilesTests {
  @Test func `after thousands of random updates the index is that of a fresh look`() {
    var random = SeededGenerator(seed: 11)
    var state = ScreenState.sample(numbers: 300)
      .after(.startFilter, .editFilter(.insert("acme")), .editFilter(.keep))
    for step in 1...200 {
      let moment = Moment.sample + .seconds(step)
      let readings = (0..<25).map { _ in
        Reading.sample(
          numbered: Int.random(in: 0..<(300 + step / 10), using: &random),
          at: moment,
          isWorse: Bool.random(using: &random)
        )
      }
      state.receive(FleetUpdate(readings: readings), at: moment)
    }
    var fresh = TileIndex()
    let rows = state.list.rows
    fresh.rebuild(from: state.fleet) { rows.row(of: $0) != nil }
    #expect(state.tiles.index.total == fresh.total)
    #expect(state.tiles.index.total.total == rows.count)
    #expect(state.tiles.index.groups == fresh.groups)
    #expect(state.tiles.index.providers == fresh.providers)
  }

  @Test func `causes that come and go leave no place behind`() {
    var state = ScreenState(now: .sample)
    for step in 0..<50 {
      let moment = Moment.sample + .seconds(step)
      let check = ProviderCheck(name: "a", passed: false, message: "trace \(step)")
      let report = HealthReport.sample(checks: [check])
      state.receive(
        FleetUpdate(readings: [.sample(.sample("1"), .success(report), at: moment)]),
        at: moment
      )
    }
    #expect(state.causeIndex.slotCount <= 2)
  }

  @Test func `what fixing a cause restores counts only numbers that nothing else makes as bad`() {
    var state = ScreenState(now: .sample)
    let unpaid = HealthEntity.sample("WABA", "1", "BLOCKED", errors: [.samplePayment])
    let readings = (0..<5).map { index in
      // Banned is as bad as blocked; a bad quality is not.
      let report = HealthReport.sample(
        "10\(index)",
        waba: unpaid,
        status: index == 0 ? "BANNED" : "CONNECTED",
        quality: index == 1 ? "RED" : "GREEN"
      )
      return Reading.sample(.sample("10\(index)"), .success(report))
    }
    state.receive(FleetUpdate(readings: readings), at: .sample)
    let first = state.tileCauses(3).first
    #expect(first?.count == 5)
    #expect(first?.all == 5)
    #expect(first?.restores == 4)
    // The causes view says the same.
    let report = state.after(.show(.causes)).causeReport(hits: 1)
    #expect(report?.cause.relieved == 4)
  }

  @Test func `old knowledge explains nothing now`() {
    var state = ScreenState.sample
    state.letTimePass(to: .sample + .seconds(240))
    #expect(state.tileCauses(10).allSatisfy { $0.cause.id.isPolling })
  }

  @Test func `tiles of one cause stand together, the largest cause first`() {
    let board = ScreenState.sample.board
    let names = board.critical.places.map { ScreenState.sample.fleet.records[Int($0)].name }
    #expect(names.count == 10)
    #expect(names.last == "Initech Paris")
    #expect(board.critical.runs == [0, 9])
    #expect((0..<2).map { board.critical.tile($0, grouped: true) } == [0..<9, 9..<10])
    #expect(
      (0..<10).map { board.critical.tile(holding: $0, grouped: true) } == Array(
        repeating: 0,
        count: 9
      ) + [1]
    )
    #expect(board.limited.runs == [0])
    #expect(board.atRisk.runs == [0])
  }

  @Test func `what changed last comes first, without the beginning of the run`() {
    let events = ScreenState.sample.latestEvents.map(\.event)
    #expect(events.count > 3)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.moment >= $1.moment })
    #expect(events.allSatisfy { $0.kind != .started })
  }

  @Test func `a figure knows the oldest of its numbers`() {
    let state = ScreenState.sample
    let figure = state.figure([.blocked, .critical], in: state.board)
    #expect(figure.count == 10)
    #expect(figure.oldest == .sample(ago: .seconds(8040)))
    #expect(!figure.isLowerBound)
    #expect(state.figure([.available], in: state.board).oldest == nil)
  }
}

@Suite struct TileGridTests {
  /// Ten tiles and four, in rows of four: 0-3, 4-7, 8-9, then 10-13.
  private static let grid = TileGrid(counts: [10, 4], columns: 4)

  @Test(
    arguments: [
      (nil, TileGrid.Step.down, 0), (nil, .last, 13), (0, .left, 0), (0, .right, 1),
      (13, .right, 13),
      (1, .down, 5), (7, .down, 9), (9, .down, 11), (8, .down, 10), (11, .up, 9), (13, .up, 9),
      (10, .up, 8), (2, .up, 2), (12, .down, 12), (5, .first, 0), (5, .last, 13), (9, .right, 10),
    ] as [(Int?, TileGrid.Step, Int)]
  )
  func `a step leads to the tile that is there`(from: Int?, step: TileGrid.Step, to: Int) {
    #expect(Self.grid.target(of: step, from: from) == to)
  }

  @Test func `a section without tiles is stepped over`() {
    let grid = TileGrid(counts: [0, 3], columns: 2)
    #expect(grid.target(of: .up, from: 0) == 0)
    #expect(grid.target(of: .down, from: 0) == 2)
    #expect(TileGrid(counts: [0, 0], columns: 2).target(of: .down, from: nil) == nil)
  }

  @Test func `arrows move the number that is chosen, and open shows its tree`() {
    let state = ScreenState.sample.after(.show(.tiles), .right, .move(.down), .open)
    let chosen = PhoneNumber.ID(account: "acme", target: "1065403522204")
    #expect(state.shell.routes == [.tiles, .tree(chosen)])
    #expect(state.after(.back).route == .tiles)
  }

  @Test func `problems follow each other`() {
    let state = ScreenState.sample.after(.show(.tiles), .nextProblem, .nextProblem)
    #expect(state.list.selection?.target == "1065403522133")
    #expect(state.after(.previousProblem).list.selection?.target == "1065403522132")
  }

  @Test func `where nothing is wrong there is nowhere to go`() {
    var state = ScreenState(now: .sample)
    state.receive(
      FleetUpdate(readings: [.sample(.sample("1"), .success(.sample()))]),
      at: .sample
    )
    #expect(state.after(.show(.tiles), .right).shell.message?.text == "No number needs attention.")
  }
}

@Suite struct MarkRowsTests {
  private static let index = ScreenState.sample.tiles.index

  private static func titles(_ limit: Int, marksPerLine: Int = 100) -> [String] {
    MarkRows(index, marksPerLine: marksPerLine, limit: limit).rows.map { row in
      switch row.title {
      case .group(let place): "\(row.provider) \(index.groups[place].waba?.prefix(4) ?? "")"
      case .others(let count): "\(row.provider) +\(count)"
      case .all(let count): "\(row.provider) all \(count)"
      }
    }
  }

  @Test func `with room every WABA has a row, without it every provider`() {
    #expect(
      Self.titles(5) == [
        "meta all 3", "kapso 1400", "360dialog all 2", "kaleyra 1600", "graph 1500",
      ]
    )
    #expect(Self.titles(0) == Self.titles(5))
    #expect(Self.titles(8).count == 8)
    #expect(Self.titles(100) == Self.titles(8))
  }

  @Test func `a blocked WABA comes out of the crowd first`() {
    #expect(Self.titles(6).prefix(2) == ["meta 1029", "meta +2"])
  }

  @Test(arguments: [1, 2, 7, 30, 200], [0, 3, 6, 9, 20, 60])
  func `no number is missing and no line too much`(width: Int, limit: Int) {
    let rows = MarkRows(Self.index, marksPerLine: width, limit: limit)
    let sum = rows.rows.reduce(0) { $0 + $1.tally.total }
    let least = MarkRows.fewestLines(Self.index, marksPerLine: width)
    #expect(sum == 60)
    #expect(rows.lines <= max(limit, least))
  }

  @Test func `ten thousand numbers are as many marks`() {
    let index = ScreenState.sample(numbers: 10_000).tiles.index
    let rows = MarkRows(index, marksPerLine: 130, limit: 26)
    #expect(rows.rows.reduce(0) { $0 + $1.tally.total } == 10_000)
    #expect(index.wabaCount == 200)
    #expect(index.providerCount == 5)
  }
}

@Suite struct WallModeTests {
  @Test func `pages take turns, stand still at a key, and turn again after a minute without one`() {
    var state = ScreenState.sample(numbers: 10_000).after(.toggleWall)
    state.tiles.pages = 3
    let count = state.wallPages.count
    #expect(count >= 3)
    var now = Moment.sample
    for turn in 1...count {
      now = now + .seconds(20)
      state.letTimePass(to: now)
      #expect(state.wallPages.current == turn % count)
    }
    state = state.after(.haltWall, .help)
    #expect(state.nextWallTurn == now + .seconds(60))
    state.letTimePass(to: now + .seconds(59))
    #expect(state.wallPages.current == 0)
    #expect(state.shell.overlay != nil)
    state.letTimePass(to: now + .seconds(60))
    #expect(state.shell.wall?.isRotating == true)
    #expect(state.shell.overlay == nil)
    state.letTimePass(to: now + .seconds(80))
    #expect(state.wallPages.current == 1)
  }

  @Test func `a page with nothing on it has no turn`() {
    var state = Stage.fine(4).after(.toggleWall).state
    #expect(state.wallRoutesInUse == [.tiles])
    #expect(state.nextWallTurn == nil)
    state.letTimePass(to: .sample + .seconds(40))
    #expect(state.route == .tiles)
  }

  @Test func `it begins with the tiles and ends with the same key, with back, or with work`() {
    let wall = ScreenState.sample.after(.toggleWall)
    #expect(wall.route == .tiles)
    #expect(wall.shell.wall?.isRotating == true)
    #expect(wall.after(.toggleWall).shell.wall == nil)
    // It goes back to where the operator was.
    #expect(wall.after(.toggleWall).route == .list)
    let fromTree = ScreenState.sample.after(.open, .toggleWall, .toggleWall)
    #expect(fromTree.shell.routes == ScreenState.sample.after(.open).shell.routes)
    #expect(ScreenState.sample.after(.show(.causes), .toggleWall, .back).route == .causes)
    #expect(wall.after(.back).shell.wall == nil)
    #expect(wall.after(.open).shell.wall == nil)
    #expect(wall.after(.show(.list)).shell.wall == nil)
    #expect(wall.after(.cycleTimeFormat).shell.wall?.isRotating == false)
  }

  @Test func `the question before it ends goes with any other key`() {
    let asked = ScreenState.sample.after(.toggleWall, .askToQuit)
    #expect(asked.shell.wall?.isQuitAsked == true)
    #expect(asked.after(.haltWall).shell.wall?.isQuitAsked == false)
  }

  @Test func `a page that is no longer there is left`() {
    var state = ScreenState.sample.after(.show(.tiles))
    state.tiles.pages = 4
    state = state.after(.move(.bottom))
    #expect(state.tiles.page == 3)
    #expect(state.after(.move(.pageUp)).tiles.page == 2)
    state.tiles.pages = 2
    state.tiles.turn(to: state.tiles.page)
    #expect(state.tiles.page == 1)
  }
}

@Suite struct NumberMaskTests {
  private static let mask = NumberMask(sign: "•")

  @Test(
    arguments: [
      ("+447700900131", "+44•••••••131"), ("+15550100142", "+1•••••••142"),
      ("+44 7700 900131", "+44 •••• •••131"), ("+390600000441", "+39•••••••441"),
      ("+353861234567", "+353••••••567"), ("914155550139", "91•••••••139"), ("Berlin", "Berlin"),
      ("+123456", "+123456"), ("", ""),
    ]
  )
  func `a number keeps its country and its end`(number: String, masked: String) {
    #expect(Self.mask.number(number) == masked)
  }

  @Test(
    arguments: [
      ("Polling +447700900131.", "Polling +44•••••••131."),
      ("+4 numbers, 0 errors", "+4 numbers, 0 errors"), ("a + b", "a + b"), ("+", "+"),
      ("+1 555 010 0142 and +447700900131", "+1 ••• ••• •142 and +44•••••••131"),
      ("WABA 102938475610", "WABA 102938475610"), ("+447700900131  24h", "+44•••••••131  24h"),
    ]
  )
  func `in a sentence numbers are known by their plus`(text: String, masked: String) {
    #expect(Self.mask.text(text) == masked)
  }
}
