package import Health

extension Cause {
  /// What is at fault, its code, and the words for it.
  package var line: String { "\(subject): \(text)" }

  /// Such as `WABA 102290129340398 (141006)`.
  package var subject: String {
    var subject = kind.word
    if case .entity = kind, let id { subject += " \(id)" }
    if let code { subject += " (\(code.text))" }
    return subject
  }
}
