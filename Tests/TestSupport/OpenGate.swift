package import Health
import Synchronization

/// A gate that lets every request through and remembers whom it let in and what it was told.
package final class OpenGate: RequestGate {
  private struct Seen {
    var admitted: [String] = []
    var signals: [RateSignal] = []
  }

  private let seen = Mutex(Seen())

  package init() {}

  /// The credentials, one per request.
  package var admitted: [String] { seen.withLock { $0.admitted } }

  package var signals: [RateSignal] { seen.withLock { $0.signals } }

  package func admit(_ credential: String) async throws(ProviderError) {
    seen.withLock { $0.admitted.append(credential) }
  }

  package func observe(_ signal: RateSignal, of credential: String) async {
    seen.withLock { $0.signals.append(signal) }
  }
}
