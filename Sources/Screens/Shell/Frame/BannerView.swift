import Canvas
import Health
import Monitor

/// The current faults: one line for WhatsApp's, and one for each account that doesn't answer.
///
/// Calm screens have none.
///
///      !! payment failed WABA 1029…5610 BLOCKED → 9 numbers   APP 5512…0087 BLOCKED → 1 number   +3 more
///      ?  account shops (360dialog) key rejected since 27m · next try 45s
struct BannerView {
  let context: DrawContext

  private static let mostFailures = 3
  private var marks: Marks { context.marks }
  private var overview: Overview { context.overview }

  /// The lines for a screen of this height.
  func lines(height: Int) -> [Line] {
    guard height >= 14 else { return [] }
    // What nobody has seen comes first.
    let all = context.state.criticalCauses
    let quiet = Set(all.filter { CauseNote(of: $0, in: context) != nil }.map(\.id))
    let causes = all.filter { !quiet.contains($0.id) } + all.filter { quiet.contains($0.id) }
    return (causes.isEmpty ? [] : [.causes(causes)]) + failures(height: height)
  }

  /// Only the lines for accounts that don't answer.
  func failures(height: Int) -> [Line] {
    guard height >= 14 else { return [] }
    if let outage = context.state.outage { return [.outage(outage)] }
    let failures = overview.failures
    let shown = height >= 20 ? min(failures.count, Self.mostFailures) : min(failures.count, 1)
    return failures.prefix(shown).enumerated().map { index, failure in
      .failure(failure, hidden: index == shown - 1 ? failures.count - shown : 0)
    }
  }

  enum Line {
    case causes([RankedCause])
    /// Nothing can be reached: one line for all accounts.
    case outage(RankedCause)
    /// An account that doesn't answer, and the number of others without room.
    case failure(AccountFailure, hidden: Int)
  }

  func draw(_ lines: [Line], on canvas: inout Canvas) {
    for (row, line) in lines.enumerated() {
      switch line {
      case .causes(let causes): draw(causes, row: row, on: &canvas)
      case .outage(let cause): draw(cause, row: row, on: &canvas)
      case .failure(let failure, let hidden): draw(failure, hidden, row: row, on: &canvas)
      }
    }
  }

  // MARK: Causes

  private func draw(_ causes: [RankedCause], row: Int, on canvas: inout Canvas) {
    canvas.put(" !! ", row: row, column: 0, role: .statusBlockedBadge)
    let total = context.state.causeIndex.count(of: .critical)
    // As many digits as there may be, so that the room does not depend on what is shown.
    let end = canvas.width - 1 - (total > 1 ? "+\(total) more".count : 0)
    var column = 5
    var shown = 0
    for cause in causes {
      let room = max(end - 1 - column, 0)
      let phrases = phrases(cause, room: room)
      // The first one is cut instead of left out.
      guard shown == 0 || phrases.cells <= room else { break }
      column += canvas.put(phrases, row: row, column: column, width: room) + 3
      shown += 1
    }
    let hidden = total - shown
    guard hidden > 0 else { return }
    canvas.put(
      [Phrase("+\(hidden) more", .textMuted)],
      row: row,
      endingAt: canvas.width - 1,
      after: 5
    )
  }

  /// Of what is too long for the room, the name is cut: how bad it is and how many it hits stay.
  private func phrases(_ cause: RankedCause, room: Int) -> [Phrase] {
    let numbers = cause.hit == 1 ? " number" : " numbers"
    let why = isEntity(cause) ? cause.cause?.shortName.map { $0.sanitized + " " } : nil
    let before = [Phrase(why ?? "", .text)]
    let after =
      [
        Phrase(isEntity(cause) ? " BLOCKED" : " CRITICAL", .statusBlocked),
        Phrase(" \(marks.arrow) \(cause.hit)\(numbers)", .text),
      ] + (CauseNote(of: cause, in: context).map { [Phrase(" \($0.flag)", $0.role)] } ?? [])
    let name = CauseName(context: context, id: cause.id)
      .phrases(
        width: min(
          max(room - before.cells - after.cells, Self.narrowestSubject),
          Self.widestSubject
        )
      )
    return before + [Phrase(name.map(\.text).joined(), .textStrong)] + after
  }

  private func isEntity(_ cause: RankedCause) -> Bool {
    if case .entity = cause.id { true } else { false }
  }

  private static let widestSubject = 48
  /// Less than this names nothing.
  private static let narrowestSubject = 9

  /// Before a duration or a moment.
  private var preposition: String { context.state.shell.timeFormat == .age ? "for" : "since" }

  // MARK: An outage of ours

  private func draw(_ outage: RankedCause, row: Int, on canvas: inout Canvas) {
    let mark = StateMark(outage.state)
    canvas.put(" \(mark.sign(marks))  ", row: row, column: 0, role: mark.badge)
    let name = CauseName(context: context, cause: outage).phrases(width: canvas.width)
    let since = outage.since.map { moment in
      " \(preposition) \(context.time(since: moment, isLowerBound: outage.sinceIsLowerBound))"
    }
    let tries = overview.failures.compactMap(\.nextTry)
    let next = tries.min().flatMap { moment in
      moment - context.now >= .seconds(1) ? "next try \(Age(moment - context.now).text)" : nil
    }
    let story = name + [Phrase(since ?? "", .text)]
    let full = story + [Phrase(next.map { marks.separator + $0 } ?? "", .textMuted)]
    let room = canvas.width - 6
    canvas.put(full.cells <= room ? full : story, row: row, column: 5, width: room)
  }

  // MARK: Accounts

  private func draw(
    _ failure: AccountFailure,
    _ hidden: Int,
    row: Int,
    on canvas: inout Canvas
  ) {
    canvas.put(" ?  ", row: row, column: 0, role: .statusUnknownBadge)
    let more = hidden > 0 ? "+\(hidden) more" : ""
    let end = canvas.width - 1 - more.count
    canvas.put(more, row: row, column: end, role: .textMuted)
    let room = max(end - 6, 0)
    let choices = [phrases(failure, detailed: true), phrases(failure, detailed: false)]
    let fitting = choices.first { $0.cells <= room } ?? choices[1]
    canvas.put(fitting, row: row, column: 5, width: room)
  }

  private func phrases(_ failure: AccountFailure, detailed: Bool) -> [Phrase] {
    let status = failure.error.httpStatus.map { " HTTP \($0)" } ?? ""
    let since = failure.since.map { " \(preposition) \(context.time($0))" } ?? ""
    let next = failure.nextTry.flatMap { moment in
      moment - context.now >= .seconds(1) ? "next try \(Age(moment - context.now).text)" : nil
    }
    let name = failure.account.name.sanitized
    let provider = failure.account.provider.sanitized
    return [
      Phrase(detailed ? "account \(name)" : name, .textStrong),
      Phrase(detailed && provider != name ? " (\(provider)) " : " ", .text),
      Phrase(PollOutcome(failure.error.kind).phrase, .statusUnknown),
      Phrase(status + since, .text),
      Phrase(next.map { marks.separator + $0 } ?? "", .textMuted),
    ]
  }
}
