package import Health

extension Cause {
  /// The subject, its code, and the cause's text.
  package var line: String { "\(subject): \(text)" }

  /// Such as `WABA 102290129340398 (141006)`.
  package var subject: String {
    var subject = kind.word
    if case .entity = kind, let id { subject += " \(id)" }
    if let code { subject += " (\(code.text))" }
    return subject
  }
}
