package import Health
package import Monitor
import Observation
import Synchronization

/// The model of the screen: the monitor's latest snapshot, arranged by the operator.
///
/// Only its counters are observed, so changes are drawn together, and no observer holds a copy of
/// the state.
@MainActor
@Observable
package final class ScreenModel {
  /// Increases with each visible change.
  package internal(set) var revision = 0
  /// Increases with each snapshot, but not with commands and time.
  package private(set) var arrivals = 0
  /// The last arrival that needs its own frame; others change only ages.
  @ObservationIgnored package private(set) var latestNews = 0
  @ObservationIgnored package internal(set) var state: ScreenState
  @ObservationIgnored package let monitor: FleetMonitor
  @ObservationIgnored let time: any TimeSource
  @ObservationIgnored private var pulling: Pulling = .no
  /// What is remembered; nil while nothing can be looked up.
  @ObservationIgnored package var history: HistorySource = { nil }
  /// The answer that is to be shown next.
  @ObservationIgnored var arrival: (answer: TravelAnswer, question: TravelQuestion)?

  private enum Pulling {
    case no
    case yes
    /// Another snapshot arrived meanwhile.
    case again
  }

  /// A part takes about half a millisecond, also with a hundred thousand numbers.
  private static let numbersArrangedTogether = 64
  private static let readingsNotedTogether = 128
  /// Changes within this time are shown together.
  private static let pullInterval = Duration.milliseconds(100)

  /// - Parameters:
  ///   - time: The clock.
  ///   - monitor: The monitor to show; by default an empty one.
  ///   - masksNumbers: Whether to hide the middle of phone numbers.
  package init(time: any TimeSource, monitor: FleetMonitor? = nil, masksNumbers: Bool = false) {
    self.time = time
    self.monitor = monitor ?? FleetMonitor(time: time)
    state = ScreenState(now: time.now, masksNumbers: masksNumbers)
  }

  /// Performs a command; the caller handles the effects.
  package func perform(_ command: Command) -> [Effect] {
    state.advance(to: time.now)
    let (wasPaused, former) = (state.pause != nil, state.shell.lookedAt)
    let asked = state.travel.asked
    defer { revision += 1 }
    let effects = state.perform(command)
    if state.shell.lookedAt != former { monitor.keepAnswers(of: state.shell.lookedAt.numbers) }
    if wasPaused, state.pause == nil { Task { await pull() } }
    if state.travel.isReturning { Task { await pull() } }
    lookUp()
    if let question = state.travel.asked, question != asked {
      Task { await travel(question) }
    }
    return effects
  }

  /// Updates ages; to be called at `nextVisibleChange`.
  package func tick() {
    state.advance(to: time.now)
    revision += 1
  }

  /// Lays out a frame.
  ///
  /// Telling the state its room is no change that needs drawing.
  package func layOut(
    at now: Moment,
    size: ScreenSize,
    marks: Marks,
    chrome: Chrome
  ) -> Screen {
    defer { lookUp() }
    return Screen(&state, now: now, size: size, marks: marks, chrome: chrome)
  }

  /// Shows a message, such as the result of an effect.
  ///
  /// The ending of the text stays visible, however narrow the screen is.
  package func announce(
    _ text: String,
    ending: String = "",
    kind: Message.Kind = .notice
  ) {
    state.shell.message = Message(text, ending: ending, kind: kind, at: time.now)
    noteArrival(isNews: true)
  }

  /// Shows in the header, in a few words, that another process polls; nil where none does.
  package func show(pollingNote note: String?) {
    state.shell.pollingNote = note
    noteArrival(isNews: true)
  }

  /// Shows among the accounts how telling receivers of alerts goes.
  package func show(_ receivers: [ReceiverLine]) {
    guard receivers != state.shell.receivers else { return }
    state.shell.receivers = receivers
    noteArrival(isNews: true)
  }

  /// Adopts the operator's names for entities and filters.
  package func adopt(_ names: OperatorNames) {
    state.adopt(names)
    revision += 1
  }

  /// Sets who acknowledges and mutes here.
  ///
  /// - Parameters:
  ///   - name: The person at the terminal.
  ///   - sharesNotes: Whether others, and the next run, see what is said.
  package func setOperator(_ name: String, sharesNotes: Bool) {
    state.shell.operatorName = name
    state.shell.sharesNotes = sharesNotes
  }

  /// Sets the names of the available themes.
  package func offer(themes: [String]) { state.offer(themes: themes) }

  /// Records a reload as an event, which explains gaps.
  package func noteReload(_ text: String) { Task { await monitor.noteReload(text) } }

  func noteArrival(isNews: Bool) {
    arrivals += 1
    if isNews { latestNews = arrivals }
    revision += 1
  }

  /// When the screen next changes without an update; nil if never.
  package var nextVisibleChange: Moment? { state.nextVisibleChange }
}

// Updates from the monitor.
extension ScreenModel {
  /// Follows the monitor until it is cancelled.
  package func follow() async {
    for await _ in monitor.arrivals {
      await pull()
      guard (try? await time.sleep(until: time.now + Self.pullInterval)) != nil else { return }
    }
  }

  /// Adopts the monitor's current snapshot.
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
    if let arrival { show(arrival.answer, to: arrival.question) }
    if state.travel.isReturning { return await showPresent() }
    guard state.isLive else { return await pullAwaitedAnswer() }
    await adopt(monitor.takeSnapshot())
  }

  /// Works in short parts, each a separate turn on the main actor, so that keys are handled in
  /// between.
  private func adopt(_ snapshot: MonitorSnapshot) async {
    let former = FormerSnapshot(state.shown)
    let places = state.begin(snapshot, at: time.now)
    await former.free()
    for part in places.parts(of: Self.numbersArrangedTogether) {
      await Task.yield()
      state.arrange(part)
    }
    for part in snapshot.readPlaces.parts(of: Self.readingsNotedTogether) {
      await Task.yield()
      state.note(readings: part)
    }
    state.complete(snapshot)
    noteArrival(isNews: snapshot.isNews)
  }

  /// A paused screen still shows a requested raw answer.
  private func pullAwaitedAnswer() async {
    guard let number = state.awaitedAnswer else { return }
    let known = await monitor.answers(of: number)
    state.showAwaitedAnswer(known.answers, known.record)
    revision += 1
  }
}

/// What was shown until now, which is freed when that is asked for and not before.
private final class FormerSnapshot: Sendable {
  private let snapshot: Mutex<MonitorSnapshot?>

  init(_ snapshot: MonitorSnapshot) { self.snapshot = Mutex(snapshot) }

  /// Frees it off the main actor: after a sweep of many numbers that takes milliseconds.
  @concurrent
  func free() async { snapshot.withLock { $0 = nil } }
}

extension [Int] {
  /// Its elements in parts of at most this length.
  fileprivate func parts(of length: Int) -> [ArraySlice<Int>] {
    stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
  }
}
