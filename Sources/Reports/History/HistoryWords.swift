import Health
import History
import Monitor

/// The words for changes and causes, the same in every output, and those of the screen.
enum HistoryWords {
  /// Such as `AVAILABLE → BLOCKED`.
  static func text(of change: HistoryChange, isASCII: Bool) -> String {
    let arrow = isASCII ? "->" : "→"
    switch change.transition.event {
    case .state(_, let to):
      return change.former.map { "\($0.word) \(arrow) \(to.word)" } ?? "first seen \(to.word)"
    case .word(let from, let to): return from.map { "\($0) \(arrow) \(to)" } ?? to
    case .appeared: return "new"
    case .vanished: return "gone"
    case .failing(let failure): return "does not answer: \(words(failure))"
    case .answering: return "answers again"
    case .flapping(_, let percent): return percent > 0 ? "flapping \(percent)%" : "flapping"
    case .steady: return "stopped flapping"
    case .reloaded(let text): return text
    case .started: return "a run started"
    case .stopped: return "a run ended"
    case .tookOver(let text): return text
    case .acknowledged(let author, let comment): return "acknowledged by \(author)" + words(comment)
    case .unacknowledged(let reason): return "acknowledgement ended: \(reason)"
    case .muted(let author, let filter, let comment):
      return "muted by \(author): \(filter)" + words(comment)
    case .unmuted(let filter, let why): return "mute ended: \(filter)" + words(why ?? "")
    case .commented(let author, let text): return "\(author): \(text)"
    }
  }

  private static func words(_ comment: String) -> String { comment.isEmpty ? "" : ": \(comment)" }

  /// Such as `key rejected, HTTP 401`.
  private static func words(_ failure: Change.Failure) -> String {
    failure.httpStatus.map { "\(failure.phrase), HTTP \($0)" } ?? failure.phrase
  }

  /// What changed, such as a number with its name.
  static func subject(of change: HistoryChange) -> String {
    let transition = change.transition
    let names = [transition.names.text, transition.names.detail].compactMap(\.self)
    switch transition.subject {
    case .number(let id): return (names + ["(\(id.account))"]).joined(separator: " ")
    case .account(let name): return "account \(name)"
    case .template(let waba, _): return "template \(transition.names.text) of WABA \(waba)"
    case .entity(let reference): return "\(reference.type.word) \(reference.id)"
    case .cause, .program: return names.joined(separator: " ")
    }
  }

  /// Nil where nothing explains it, or the subject itself does.
  static func reason(of change: HistoryChange, withCode: Bool = true) -> String? {
    guard let reason = change.transition.reason else { return nil }
    if case .account(let name) = change.transition.subject,
      case .account(name, _)? = CauseID(key: reason.key)
    {
      return nil
    }
    return text(of: reason, name: change.causeName, withCode: withCode)
  }

  /// A cause in a few words, what it is of, and its code: `payment failed: WABA 1029 Acme UK (141006)`.
  ///
  /// A fault of a number itself, and a signal, don't name it.
  static func text(
    of reason: Change.Reason,
    name: String?,
    withCode: Bool = true
  ) -> String {
    guard let id = CauseID(key: reason.key) else { return reason.summary }
    let code = withCode ? reason.code.map { " (\($0))" } ?? "" : ""
    let why = Cause(reason).flatMap(\.shortName) ?? reason.text
    switch id {
    case .account, .provider, .offline:
      return "\(id.subject): \(id.trouble?.phrase ?? "no answers")"
    case .signal(_, let text): return (why ?? text) + code
    case .templates: return id.subject + code
    case .entity(let reference):
      let isNumber = reference.type == .phoneNumber
      let entity = isNumber ? nil : [id.subject, name].compactMap(\.self).joined(separator: " ")
      let words = [why, entity].compactMap(\.self).joined(separator: ": ")
      return (words.isEmpty ? id.subject : words) + code
    }
  }
}
