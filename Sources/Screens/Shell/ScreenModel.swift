package import Health
package import Monitor
import Observation

/// What the screen is drawn from: the monitor's latest snapshot, arranged as the operator asks.
///
/// Only its counters are observed, so changes made together are drawn together, and nobody holds a copy
/// of the state when the next snapshot comes.
@MainActor
@Observable
package final class ScreenModel {
  /// Counts the changes that can be seen.
  package private(set) var revision = 0
  /// Counts what came in from outside, as against what the operator and the clock change.
  package private(set) var arrivals = 0
  /// The last of them that is worth a frame of its own; others change ages at most.
  @ObservationIgnored package private(set) var latestNews = 0
  @ObservationIgnored package private(set) var state: ScreenState
  @ObservationIgnored package let monitor: FleetMonitor
  @ObservationIgnored private let time: any TimeSource
  @ObservationIgnored private var pulling: Pulling = .no

  private enum Pulling {
    case no
    case yes
    /// Something came in meanwhile.
    case again
  }

  /// What takes about a millisecond to arrange where there are a hundred thousand numbers.
  private static let longestPart = 64
  /// What comes in within such a time is shown together.
  private static let pullInterval = Duration.milliseconds(100)

  /// - Parameters:
  ///   - time: The clock.
  ///   - monitor: What it shows; one that nobody tells anything by itself.
  ///   - masksNumbers: Phone numbers are shown without their middle.
  package init(time: any TimeSource, monitor: FleetMonitor? = nil, masksNumbers: Bool = false) {
    self.time = time
    self.monitor = monitor ?? FleetMonitor(time: time)
    state = ScreenState(now: time.now, masksNumbers: masksNumbers)
  }

  /// Does what the operator asked; the effects are the caller's to see to.
  package func perform(_ command: Command) -> [Effect] {
    state.advance(to: time.now)
    let (wasPaused, former) = (state.pause != nil, state.shell.lookedAt)
    defer { revision += 1 }
    let effects = state.perform(command)
    if state.shell.lookedAt != former { monitor.keepAnswers(of: state.shell.lookedAt.numbers) }
    if wasPaused, state.pause == nil { Task { await pull() } }
    return effects
  }

  /// Lets ages move on to now; to be called at `nextVisibleChange`.
  package func tick() {
    state.advance(to: time.now)
    revision += 1
  }

  /// Lays out a frame of what there is to see.
  ///
  /// That the state hears of the room it has is no change that is drawn.
  package func layOut(
    at now: Moment,
    size: ScreenSize,
    marks: Marks,
    chrome: Chrome
  ) -> Screen {
    Screen(&state, now: now, size: size, marks: marks, chrome: chrome)
  }

  /// Says something to the operator, such as what became of an effect.
  ///
  /// The ending belongs to the text and is seen, however narrow the screen is.
  package func announce(
    _ text: String,
    ending: String = "",
    kind: Message.Kind = .notice
  ) {
    state.shell.message = Message(text, ending: ending, kind: kind, at: time.now)
    noteArrival(isNews: true)
  }

  /// Takes the operator's names for entities and filters.
  package func adopt(_ names: OperatorNames) {
    state.adopt(names)
    revision += 1
  }

  /// Says which themes can be chosen.
  package func offer(themes: [String]) { state.offer(themes: themes) }

  /// Says that the configuration was read again: an event, so that gaps are explained.
  package func noteReload(_ text: String) { Task { await monitor.noteReload(text) } }

  private func noteArrival(isNews: Bool) {
    arrivals += 1
    if isNews { latestNews = arrivals }
    revision += 1
  }

  /// When something on the screen next changes though nothing comes in; nil when never.
  package var nextVisibleChange: Moment? { state.nextVisibleChange }
}

// What comes in.
extension ScreenModel {
  /// Shows what the monitor says as it comes, until it is cancelled.
  package func follow() async {
    for await _ in monitor.arrivals {
      await pull()
      guard (try? await time.sleep(until: time.now + Self.pullInterval)) != nil else { return }
    }
  }

  /// Takes over what the monitor says now.
  package func pull() async {
    guard pulling == .no else {
      pulling = .again
      return
    }
    repeat {
      pulling = .yes
      await pullOnce()
    } while pulling == .again
    pulling = .no
  }

  private func pullOnce() async {
    guard state.pause == nil else { return await pullAwaitedAnswer() }
    await adopt(monitor.takeSnapshot())
  }

  /// In short parts, each a turn of its own on the main actor, so that keys are answered in between
  /// however much comes at once.
  private func adopt(_ snapshot: MonitorSnapshot) async {
    let places = state.begin(snapshot, at: time.now)
    for start in stride(from: 0, to: places.count, by: Self.longestPart) {
      await Task.yield()
      state.arrange(places[start..<min(start + Self.longestPart, places.count)])
    }
    state.complete(snapshot)
    noteArrival(isNews: snapshot.isNews)
  }

  /// A screen that is paused still shows the answer that it was asked for.
  private func pullAwaitedAnswer() async {
    guard let number = state.awaitedAnswer else { return }
    let known = await monitor.answers(of: number)
    state.showAwaitedAnswer(known.answers, known.record)
    revision += 1
  }
}
