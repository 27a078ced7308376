import FoundationEssentials
import Health
import Providers

extension Reception {
  /// What an answer to a POST comes to.
  ///
  /// Its body is never told: a stranger may put anything there, even what it was sent.
  init(_ answer: HTTPAnswer, at now: Date) {
    switch answer.status {
    case 200..<300: self = .accepted
    case 300..<400:
      self = .refused("answered \(answer.status), a redirect, which is not followed")
    case 408, 425, 429, 500...:
      let delay = answer.header("Retry-After").flatMap { Self.delay($0, at: now) }
      self = .failed("answered \(answer.status)", retryAfter: delay)
    default: self = .refused("answered \(answer.status)")
    }
  }

  init(_ error: ProviderError) {
    // What follows is advice on the settings of an account.
    self = .failed(String(error.message.split(separator: " Check ").first ?? ""))
  }

  /// Seconds, or a date.
  private static func delay(_ text: String, at now: Date) -> Duration? {
    if let seconds = Int(text), (0...1_000_000).contains(seconds) { return .seconds(seconds) }
    return HTTPDate(text).map { .seconds(max(0, $0.date.timeIntervalSince(now))) }
  }
}
