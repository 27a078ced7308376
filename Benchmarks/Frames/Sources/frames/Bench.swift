import Canvas
import Glibc
import Health
import Monitor
import Screens
import Terminal

/// A fleet on a screen, and what is done to it.
@MainActor
final class Bench {
  let count: Int
  let size: ScreenSize
  let time = BenchTime()
  private var monitor: MonitorState
  private var state: ScreenState
  let watch = Stopwatch()

  /// As the poller delivers: what came within a few milliseconds.
  private static let batch = 64

  init(count: Int, size: ScreenSize) {
    self.count = count
    self.size = size
    monitor = MonitorState(startedAt: time.now)
    state = ScreenState(now: time.now)
    let numbers = (0..<count).map { PhoneNumber.sample(numbered: $0) }
    let accounts = Account.samples.map {
      AccountCondition.sample($0, nextPoll: time.now + .seconds(18))
    }
    receive("numbers appear", FleetUpdate(appeared: numbers, accounts: accounts))
    _ = frame(measured: false)
    read(until: count, "first reading, a batch")
    _ = frame(measured: false)
  }

  private func read(until end: Int, isWorse: Bool = false, _ name: String) {
    var start = 0
    while start < end {
      let range = start..<min(start + Self.batch, end)
      let readings = range.map { Reading.sample(numbered: $0, at: time.now, isWorse: isWorse) }
      receive(name, FleetUpdate(readings: readings))
      start = range.upperBound
      time.advance(.milliseconds(5))
    }
  }

  /// The monitor's part is done beside the screen, and the screen's in short turns.
  private func receive(_ name: String, _ update: FleetUpdate) {
    watch.measure("\(name): monitor") { _ = monitor.receive(update, at: time.now) }
    let snapshot = watch.measure("\(name): snapshot") { monitor.takeSnapshot() }
    watch.measure("\(name): screen") { state.adopt(snapshot, at: time.now) }
  }

  // MARK: What is measured

  func press(_ keys: String, times: Int) {
    for _ in 0..<times {
      for key in keys {
        answer(key)
        _ = frame()
      }
    }
  }

  func present(_ keys: String, times: Int) throws {
    var terminal = try terminal()
    let first = frame()
    watch.measure("present: all") { terminal.present(first) }
    for _ in 0..<times {
      for key in keys {
        answer(key)
        let canvas = frame()
        watch.measure("present") { terminal.present(canvas) }
      }
    }
  }

  func type(_ text: String) {
    answer("/")
    for key in text {
      let name = "filter key \(key)"
      watch.measure(name) { answer(key, measured: false) }
      _ = frame()
    }
    for _ in text {
      watch.measure("filter key back") { press(.backspace) }
      _ = frame()
    }
  }

  func sweep() {
    var batches = 0
    var start = 0
    while start < count {
      let range = start..<min(start + Self.batch, count)
      let readings = range.map { Reading.sample(numbered: $0, at: time.now, isWorse: $0 % 10 == 0) }
      receive("a batch of \(Self.batch)", FleetUpdate(readings: readings))
      start = range.upperBound
      time.advance(.milliseconds(5))
      batches += 1
      if batches % 10 == 0 {
        answer("j")
        _ = frame()
      }
    }
    read(until: count, isWorse: false, "a batch that heals")
    read(until: count, isWorse: false, "a batch without news")
    let all = (0..<count).map { Reading.sample(numbered: $0, at: time.now) }
    receive("all in one batch", FleetUpdate(readings: all))
  }

  func changeStatus() throws {
    var terminal = try terminal()
    for index in 0..<200 {
      let number = index * 37 % count
      let reading = Reading.sample(numbered: number, at: time.now, isWorse: index % 2 == 0)
      receive("one reading", FleetUpdate(readings: [reading]))
      let canvas = frame()
      watch.measure("present") { terminal.present(canvas) }
      time.advance(.milliseconds(500))
    }
  }

  private func terminal() throws -> CursesTerminal {
    var terminal = try CursesTerminal(
      TerminalOptions(environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"])
    )
    terminal.use(Theme.standard.styles)
    return terminal
  }

  // MARK: As the program does it

  private func answer(_ key: Character, measured: Bool = true) {
    let event: KeyEvent = key == "\n" ? .enter : key == "\t" ? .tab : .character(key)
    if measured { watch.measure("key") { press(event) } } else { press(event) }
  }

  private func press(_ key: KeyEvent) {
    if case .command(let command) = KeyMap.answer(to: key, in: state) {
      _ = state.perform(command)
    }
  }

  private func frame(measured: Bool = true) -> Canvas {
    let watch = measured ? watch : Stopwatch()
    let screen = watch.measure("layout") {
      Screen(&state, now: time.now, size: size, marks: .unicode, chrome: Chrome())
    }
    let canvas = watch.measure("draw") { screen.canvas }
    _ = watch.measure("title, next change") {
      (Screen.title(state, marks: .unicode), state.nextVisibleChange)
    }
    return canvas
  }
}

/// A clock that is moved by hand.
final class BenchTime: TimeSource, @unchecked Sendable {
  // The benchmark is one thread.
  private(set) var now = Moment.sample

  func advance(_ duration: Duration) { now = now + duration }

  func sleep(until moment: Moment) async throws {}
}
