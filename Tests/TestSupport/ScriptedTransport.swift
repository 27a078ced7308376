package import Health
package import Providers
import Synchronization

/// Answers each request as a script says, which may look at the requests before it.
///
/// For answers that change: a cursor that is forgotten, a field that is refused only once.
package final class ScriptedTransport: HTTPTransport {
  package typealias Script =
    @Sendable (_ request: HTTPRequest, _ earlier: [HTTPRequest]) -> FixtureTransport.Route

  private let script: Script
  private let asked = Mutex<[HTTPRequest]>([])

  package init(_ script: @escaping Script) {
    self.script = script
  }

  package var requests: [HTTPRequest] { asked.withLock { $0 } }

  package var urls: [String] { requests.map(\.url) }

  package func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    let earlier = asked.withLock { asked in
      defer { asked.append(request) }
      return asked
    }
    return try script(request, earlier).result.get()
  }
}
