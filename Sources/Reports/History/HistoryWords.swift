import Health
import History
import Monitor

/// The words for changes and shares, the same in every output.
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
    case .failing(let failure):
      return "does not answer: \(failure.kind.replacing("_", with: " "))"
    case .answering: return "answers again"
    case .flapping: return "begins to flap"
    case .steady: return "flaps no more"
    case .reloaded(let text): return text
    case .started: return "started"
    case .stopped: return "stopped"
    case .tookOver(let text): return text
    case .acknowledged(let author, let comment): return "acknowledged by \(author)" + words(comment)
    case .unacknowledged(let reason): return "acknowledgement ended: \(reason)"
    case .muted(let author, let filter, let comment):
      return "muted by \(author): \(filter)" + words(comment)
    case .unmuted(let filter, _): return "mute ended: \(filter)"
    case .commented(let author, let text): return "\(author): \(text)"
    }
  }

  private static func words(_ comment: String) -> String { comment.isEmpty ? "" : ": \(comment)" }

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

  static func reason(of change: HistoryChange) -> String? {
    change.transition.reason.map(text)
  }

  /// A cause with its code.
  static func text(of reason: Change.Reason) -> String {
    let code = reason.code.map { " (\($0))" } ?? ""
    return reason.summary.hasSuffix(code) ? reason.summary : reason.summary + code
  }
}
