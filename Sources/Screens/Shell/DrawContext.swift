import Canvas
import Health
import Monitor

/// The input for drawing all regions of the screen.
///
/// It is a class, because the state is large and copying it for each view would cost more than
/// drawing.
final class DrawContext: Sendable {
  let state: ScreenState
  let overview: Overview
  /// The moment that is shown: of the present, or of the past.
  let now: Moment
  let present: Moment
  let size: ScreenSize
  let marks: Marks
  let chrome: Chrome

  init(_ state: ScreenState, now: Moment, size: ScreenSize, marks: Marks, chrome: Chrome) {
    self.state = state
    overview = state.overview
    self.now = state.travel.past?.moment ?? now
    present = now
    self.size = size
    self.marks = marks
    self.chrome = chrome
  }

  /// The same context with the state after layout.
  init(_ laidOut: DrawContext, after state: ScreenState) {
    self.state = state
    overview = laidOut.overview
    now = laidOut.now
    present = laidOut.present
    size = laidOut.size
    marks = laidOut.marks
    chrome = laidOut.chrome
  }

  /// The age or time of a moment, as chosen by the operator; at most six cells.
  func time(_ moment: Moment) -> String {
    switch state.shell.timeFormat {
    case .age: Age(now - moment).text
    case .local: ClockTime(moment.date, isUTC: false).short(at: now.date)
    case .utc: ClockTime(moment.date, isUTC: true).short(at: now.date)
    }
  }

  /// The same for use in a sentence.
  func longTime(_ moment: Moment) -> String {
    switch state.shell.timeFormat {
    case .age: "\(Age(now - moment).text) ago"
    case .local: ClockTime(moment.date, isUTC: false).long
    case .utc: ClockTime(moment.date, isUTC: true).long
    }
  }

  /// Whether times are in UTC, as always in wall mode.
  var saysUTC: Bool { state.shell.wall != nil || state.shell.timeFormat != .local }

  /// A phone number, masked if needed.
  func number(_ text: String) -> String {
    state.shell.masksNumbers ? mask.number(text) : text
  }

  /// A text with its phone numbers masked if needed.
  func masked(_ text: String) -> String {
    state.shell.masksNumbers ? mask.text(text) : text
  }

  func number(_ record: NumberRecord) -> String { number(record.displayNumber.sanitized) }

  func name(of id: PhoneNumber.ID) -> String {
    state.fleet[id].map { number($0) } ?? id.target?.sanitized ?? "?"
  }

  func name(of cause: CauseID) -> String {
    CauseName(context: self, id: cause).phrases(width: 30).map(\.text).joined()
  }

  func name(of subject: EventSubject) -> String {
    switch subject {
    case .number(let id): name(of: id)
    case .cause(let cause): name(of: cause)
    case .account(let name): "account \(name.sanitized)"
    }
  }

  private var mask: NumberMask { NumberMask(sign: marks.isASCII ? "*" : "•") }

  func mark(_ state: HealthState) -> StateMark { StateMark(state) }

  func sign(_ state: HealthState) -> String { StateMark(state).sign(marks) }

  /// How long a number has been in its state, with a sign if it may be longer.
  func since(_ record: NumberRecord) -> String {
    guard record.latest != nil else { return marks.none }
    return time(since: record.stateSince, isLowerBound: record.sinceIsLowerBound)
  }

  /// The age or the time of a moment; of a lower bound it says that it is one.
  func time(since moment: Moment, isLowerBound: Bool) -> String {
    guard isLowerBound else { return time(moment) }
    guard state.shell.timeFormat == .age else {
      // What is as old at least began before; without its suffix it fits where others do.
      return "<" + time(moment).filter { $0 != " " && $0 != "Z" }
    }
    return marks.age(now - moment, isLowerBound: true)
  }
}

/// Parts of the screen that the configuration decides.
package struct Chrome: Hashable, Sendable {
  /// The title, such as `demo`; nil if there is none.
  package var title: String?
  package var showsClock: Bool
  /// Whether somebody can press keys; nobody can on a page in a browser.
  package var hasKeys: Bool

  package init(title: String? = nil, showsClock: Bool = true, hasKeys: Bool = true) {
    self.title = title
    self.showsClock = showsClock
    self.hasKeys = hasKeys
  }
}

extension DrawContext {
  /// The view's status with the filter in front.
  func narrowed(_ standing: [[Phrase]]) -> [[Phrase]] {
    let filter = state.filtering.filter.text.sanitized
    guard !filter.isEmpty else { return standing }
    let head = Phrase("filter \"\(filter)\"", .accent)
    return standing.map { [head, Phrase(marks.separator, .textMuted)] + $0 } + [[head]]
  }
}
