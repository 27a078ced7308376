import Canvas
import Health
import Monitor

/// What every region of the screen is drawn from.
///
/// A class, since each view has it: the state is large, and a copy of it for each would cost more than
/// what the view draws.
final class DrawContext: Sendable {
  let state: ScreenState
  let overview: Overview
  let now: Moment
  let size: ScreenSize
  let marks: Marks
  let chrome: Chrome

  init(_ state: ScreenState, now: Moment, size: ScreenSize, marks: Marks, chrome: Chrome) {
    self.state = state
    overview = state.overview
    self.now = now
    self.size = size
    self.marks = marks
    self.chrome = chrome
  }

  /// The same of a state that has adopted the room that it has.
  init(_ laidOut: DrawContext, after state: ScreenState) {
    self.state = state
    overview = laidOut.overview
    now = laidOut.now
    size = laidOut.size
    marks = laidOut.marks
    chrome = laidOut.chrome
  }

  /// How long ago a moment was, or when, as the operator likes; at most six cells.
  func time(_ moment: Moment) -> String {
    switch state.shell.timeFormat {
    case .age: Age(now - moment).text
    case .local: ClockTime(moment.date, isUTC: false).short(at: now.date)
    case .utc: ClockTime(moment.date, isUTC: true).short(at: now.date)
    }
  }

  /// The same where there is room for a whole sentence.
  func longTime(_ moment: Moment) -> String {
    switch state.shell.timeFormat {
    case .age: "\(Age(now - moment).text) ago"
    case .local: ClockTime(moment.date, isUTC: false).long
    case .utc: ClockTime(moment.date, isUTC: true).long
    }
  }

  /// A wall's clock is the same for all who read it.
  var saysUTC: Bool { state.shell.wall != nil || state.shell.timeFormat != .local }

  /// A phone number as this screen may show it.
  func number(_ text: String) -> String {
    state.shell.masksNumbers ? mask.number(text) : text
  }

  /// A text in which phone numbers may stand, as this screen may show it.
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

  /// Since when a number is in its state, with a sign where it may be longer.
  func since(_ record: NumberRecord) -> String {
    guard record.latest != nil else { return marks.none }
    return time(since: record.stateSince, isLowerBound: record.sinceIsLowerBound)
  }

  /// A moment, or an earlier one that nobody saw: with a sign, and rounded so that it doesn't tick.
  func time(since moment: Moment, isLowerBound: Bool) -> String {
    guard isLowerBound else { return time(moment) }
    guard state.shell.timeFormat == .age else { return marks.atLeast + time(moment) }
    return marks.atLeast + Age(now - moment, rounding: .down).text
  }
}

/// What stands on the screen beside the state of the fleet, as the configuration says.
package struct Chrome: Hashable, Sendable {
  /// The name of what is watched, such as `demo`; nil where there is none.
  package var title: String?
  package var showsClock: Bool

  package init(title: String? = nil, showsClock: Bool = true) {
    self.title = title
    self.showsClock = showsClock
  }
}

extension DrawContext {
  /// How a view stands, behind the filter that narrows it.
  func narrowed(_ standing: [[Phrase]]) -> [[Phrase]] {
    let filter = state.filtering.filter.text.sanitized
    guard !filter.isEmpty else { return standing }
    let head = Phrase("filter \"\(filter)\"", .accent)
    return standing.map { [head, Phrase(marks.separator, .textMuted)] + $0 } + [[head]]
  }
}
