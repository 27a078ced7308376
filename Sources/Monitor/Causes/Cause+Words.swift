package import Health

extension Cause {
  /// The subject, its code, and the cause's text; that a poll brought nothing is in the text.
  package var line: String { kind == .poll ? text : "\(subject): \(text)" }

  /// Such as `WABA 102290129340398 (141006)`.
  package var subject: String {
    var subject = kind.word
    if case .entity = kind, let id { subject += " \(id)" }
    if let code { subject += " (\(code.text))" }
    return subject
  }
}
