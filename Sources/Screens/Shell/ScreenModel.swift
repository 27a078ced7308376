package import Health
package import Monitor
import Observation

/// What the screen is drawn from: the fleet as the refresher tells it, arranged as the operator asks.
///
/// Only its counters are observed, so changes made together are drawn together, and nobody holds a copy
/// of the state when the next batch arrives.
@MainActor
@Observable
package final class ScreenModel: FleetObserver {
  /// Counts the changes that can be seen.
  package private(set) var revision = 0
  /// Counts what came in from outside, as against what the operator and the clock change.
  package private(set) var arrivals = 0
  /// The last of them that is worth a frame of its own; others change ages at most.
  @ObservationIgnored package private(set) var latestNews = 0
  @ObservationIgnored package private(set) var state: ScreenState
  @ObservationIgnored private let time: any TimeSource

  package init(time: any TimeSource, masksNumbers: Bool = false) {
    self.time = time
    state = ScreenState(now: time.now, masksNumbers: masksNumbers)
  }

  package func receive(_ update: FleetUpdate) {
    noteArrival(isNews: state.receive(update, at: time.now))
  }

  /// Makes room for so many more numbers at once: tables that double while numbers come in hold up a key.
  package func expect(numbers: Int) { state.expect(numbers: numbers) }

  /// Does what the operator asked; the effects are the caller's to see to.
  package func perform(_ command: Command) -> [Effect] {
    state.advance(to: time.now)
    defer { revision += 1 }
    return state.perform(command)
  }

  /// Lets ages and states move on to now; to be called at `nextVisibleChange`.
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
  package func noteReload(_ text: String) {
    state.noteReload(text, at: time.now)
    noteArrival(isNews: true)
  }

  private func noteArrival(isNews: Bool) {
    arrivals += 1
    if isNews { latestNews = arrivals }
    revision += 1
  }

  /// When something on the screen next changes though nothing comes in; nil when never.
  package var nextVisibleChange: Moment? { state.nextVisibleChange }
}
