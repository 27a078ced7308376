import Canvas
import Health
import TestSupport

@testable import Screens

/// A state that a screen is drawn from, and how it came about.
struct Stage {
  var state: ScreenState
  var now = Moment.sample

  init(_ state: ScreenState) { self.state = state }

  /// The fleet of the mock-ups: every state is in it.
  static var incident: Stage {
    var state = ScreenState(now: SampleIncident.steps[0].moment)
    for step in SampleIncident.steps { state.receive(step.update, at: step.moment) }
    state.letTimePass(to: .sample)
    return Stage(state)
  }

  /// The same, where keys mean what they mean there.
  static func at(_ place: KeyBinding.Place) -> Stage {
    switch place {
    case .list: incident
    case .tiles: incident.after(.show(.tiles))
    case .tree: incident.after(.open)
    case .causes: incident.after(.show(.causes), .move(.down))
    case .accounts: incident.after(.show(.accounts))
    default: incident.after(.showEvents)
    }
  }

  static var noData: Stage { Stage(ScreenState(now: .sample)) }

  /// So many numbers that are known and were not asked yet.
  static func awaiting(_ count: Int) -> Stage {
    let numbers = (0..<count).map { PhoneNumber.sample(numbered: $0) }
    let accounts = Account.samples.map { AccountCondition.sample($0) }
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(appeared: numbers, accounts: accounts), at: .sample)
    return Stage(state)
  }

  static func numbers(_ count: Int) -> Stage {
    let before = Moment.sample(ago: .seconds(12))
    var state = ScreenState(now: before)
    state.receive(.sample(numbers: count, at: before), at: before)
    state.letTimePass(to: .sample)
    return Stage(state)
  }

  static func fine(_ count: Int) -> Stage {
    let before = Moment.sample(ago: .seconds(12))
    let readings = (0..<count).map { index in
      let report = HealthReport.sample(
        "10\(index)",
        number: PhoneNumber.sampleText(index),
        name: "Acme Shop \(index)"
      )
      return Reading.sample(.sample("10\(index)"), .success(report), at: before)
    }
    let account = AccountCondition.sample(.samples[0], nextPoll: .sample + .seconds(18))
    var state = ScreenState(now: before)
    state.receive(FleetUpdate(readings: readings, accounts: [account]), at: before)
    state.letTimePass(to: .sample)
    return Stage(state)
  }

  /// Nothing came for a while: the last good reading of every number is old.
  static var stale: Stage {
    var stage = Stage.incident
    stage.now = .sample + .seconds(240)
    stage.state.letTimePass(to: stage.now)
    return stage
  }

  mutating func receive(_ update: FleetUpdate) { state.receive(update, at: now) }

  func after(_ commands: Command...) -> Stage {
    var stage = self
    for command in commands { _ = stage.state.perform(command) }
    return stage
  }

  /// Draws as the program does: the state hears of the room it has, then the screen is drawn.
  func draw(
    _ width: Int,
    _ height: Int,
    _ marks: Marks = .unicode,
    chrome: Chrome = Chrome(title: "prod")
  ) -> Canvas {
    var stage = self
    return stage.layOut(width, height, marks, chrome: chrome).canvas
  }

  /// The same, to be asked what it shows.
  func screen(
    _ width: Int = 80,
    _ height: Int = 24,
    _ marks: Marks = .unicode,
    chrome: Chrome = Chrome(title: "prod")
  ) -> DrawnScreen {
    var stage = self
    let canvas = stage.layOut(width, height, marks, chrome: chrome).canvas
    return DrawnScreen(canvas, stage.state)
  }

  /// Lays a frame out, and keeps what the state has heard of its room.
  @discardableResult
  mutating func layOut(
    _ width: Int,
    _ height: Int,
    _ marks: Marks = .unicode,
    chrome: Chrome = Chrome(title: "prod")
  ) -> Screen {
    let size = ScreenSize(width: width, height: height)
    return Screen(&state, now: now, size: size, marks: marks, chrome: chrome)
  }
}
