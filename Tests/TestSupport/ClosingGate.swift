package import Health
import Synchronization

/// A gate whose budget ends after a number of requests.
package final class ClosingGate: RequestGate {
  private let left: Mutex<Int>

  package init(admitting requests: Int) {
    left = Mutex(requests)
  }

  package func admit(_ credential: String) async throws(ProviderError) {
    let isOpen = left.withLock { left in
      left -= 1
      return left >= 0
    }
    guard isOpen else { throw ProviderError(.throttled(retryAfter: nil), "The budget is used up.") }
  }

  package func observe(_ signal: RateSignal, of credential: String) async {}
}
