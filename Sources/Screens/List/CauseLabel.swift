import Canvas
import Health
import Monitor

/// Why a number is bad, in a text that fits a column.
struct CauseLabel {
  let record: NumberRecord
  /// The refresh interval of the number's account.
  let refresh: Duration
  let marks: Marks
  /// Has the names of entities.
  var fleet: Fleet?

  func text(width: Int) -> String {
    switch record.state {
    case .available: return ""
    case .stale: return "no data >3\(marks.times)\(Self.interval(refresh))"
    case .unknown where record.latest == nil: return record.assessment.verdict.note ?? marks.none
    case .unknown:
      if let failure = record.failure { return poll(failure, width: width) }
    case .blocked, .critical, .limited, .warning: break
    }
    return record.assessment.causes.first.map { text(of: $0, width: width) } ?? marks.none
  }

  private static func interval(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return seconds >= 120 && seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }

  /// A cause's reason, followed by its subject if there is room.
  func text(of cause: Cause, width: Int) -> String {
    guard let why = cause.shortName?.sanitized else { return place(of: cause, width: width) }
    let left = width - TextWidth.cells(of: why) - 1
    let place = places(of: cause).first { TextWidth.cells(of: $0) <= left }
    return place.map { "\(why) \($0)" } ?? why
  }

  /// Type and id, longest first; empty if the short name implies them.
  private func places(of cause: Cause) -> [String] {
    let code = cause.code.map { " \($0.text.sanitized)" } ?? ""
    switch cause.kind {
    case .entity(.phoneNumber): return ["NUMBER\(code)", "NUMBER"]
    case .entity(let type):
      let word = Self.word(for: type)
      guard let id = cause.id?.sanitized, !id.isEmpty else { return ["\(word)\(code)", word] }
      let short = "\(word) \(marks.shortened(id))"
      let name = cause.reference.flatMap { fleet?.facts(of: $0)?.name?.sanitized } ?? ""
      let named = name.isEmpty ? [] : ["\(word) \(name) \(id)", "\(word) \(name)", name]
      return named + ["\(word) \(id)\(code)", "\(word) \(id)", short, word]
    case .webhook, .check, .token: return [words(of: cause)]
    case .status, .quality, .name, .poll: return []
    }
  }

  private static func word(for type: EntityType) -> String {
    type == .messageTemplate ? "TEMPLATE" : type.word.sanitized
  }

  /// The label of a cause without a short name.
  private func place(of cause: Cause, width: Int) -> String {
    switch cause.kind {
    case .entity(.phoneNumber): join("NUMBER", cause.code?.text, words(of: cause), width: width)
    case .entity(let type): entity(type, cause, width: width)
    case .poll: record.failure.map { poll($0, width: width) } ?? words(of: cause)
    default: signal(cause, width: width)
    }
  }

  private func entity(_ type: EntityType, _ cause: Cause, width: Int) -> String {
    let word = Self.word(for: type)
    guard let id = cause.id?.sanitized, !id.isEmpty else {
      return join(word, cause.code?.text, words(of: cause), width: width)
    }
    let full = "\(word) \(id)"
    if width - TextWidth.cells(of: full) > 10 { return "\(full) \(words(of: cause))" }
    let short = "\(word) \(marks.shortened(id))"
    let fits = { TextWidth.cells(of: $0) <= width }
    // Cut at its end if even the short form is too long.
    return fits(full) || !fits(short) ? full : short
  }

  /// The whole sentence if it fits, otherwise the signal's word.
  private func signal(_ cause: Cause, width: Int) -> String {
    let words = words(of: cause)
    if cause.severity == .unknown { return "\(cause.kind.word) not reported" }
    let signal = NumberSignal(cause.kind)
    let said =
      if let signal { (record.report?.facts).flatMap(signal.value)?.word } else {
        cause.kind == .token ? words.tokenSummary ?? "invalid" : "failed"
      }
    let short = [cause.kind.word, said?.sanitized].compactMap(\.self).joined(separator: " ")
    // A signal's word is enough; a check's name is not.
    let isRoomy = signal == nil && width > TextWidth.cells(of: short) + 6
    return isRoomy && TextWidth.cells(of: words) <= width ? words : short
  }

  private func join(_ head: String, _ code: String?, _ words: String, width: Int) -> String {
    guard let code else { return words.isEmpty ? head : "\(head) \(words)" }
    let coded = "\(head) \(code.sanitized)"
    return width - coded.count >= 10 && !words.isEmpty ? "\(coded) \(words)" : coded
  }

  private func words(of cause: Cause) -> String { cause.text.sanitized }

  private func poll(_ failure: ProviderError, width: Int) -> String {
    let phrase = PollOutcome(failure.kind).phrase
    let status = failure.httpStatus.flatMap { $0 >= 400 ? "HTTP \($0)" : nil }
    let full = [phrase, status].compactMap(\.self).joined(separator: marks.separator)
    return TextWidth.cells(of: full) <= width ? full : phrase
  }
}

extension Marks {
  /// An id shortened in the middle, where ids of one kind differ least.
  func shortened(_ id: String) -> String {
    guard id.count > 10 else { return id }
    return "\(id.prefix(4))\(ellipsis)\(id.suffix(4))"
  }
}
