package import Health
package import Providers
import Synchronization

/// Answers requests from a list of routes, and remembers what it was asked.
package final class FixtureTransport: HTTPTransport {
  /// An answer for every URL that contains `part`; the first route that fits answers.
  package struct Route: Sendable {
    package let part: String
    package let result: Result<HTTPAnswer, ProviderError>

    package init(_ part: String, _ result: Result<HTTPAnswer, ProviderError>) {
      self.part = part
      self.result = result
    }

    /// A body with a status and headers.
    package init(
      _ part: String,
      status: Int = 200,
      headers: [HTTPHeader] = [],
      body: [UInt8]
    ) {
      self.init(
        part,
        .success(
          HTTPAnswer(
            status: status,
            head: HTTPHead(headers: headers),
            body: body,
            latency: .milliseconds(183)
          )
        )
      )
    }

    /// The same with the body as text.
    package init(_ part: String, status: Int = 200, headers: [HTTPHeader] = [], text: String) {
      self.init(part, status: status, headers: headers, body: Array(text.utf8))
    }
  }

  private let routes: [Route]
  private let asked = Mutex<[HTTPRequest]>([])

  package init(_ routes: [Route]) {
    self.routes = routes
  }

  /// One answer, whatever is asked.
  package convenience init(status: Int = 200, headers: [HTTPHeader] = [], body: [UInt8]) {
    self.init([Route("", status: status, headers: headers, body: body)])
  }

  package var requests: [HTTPRequest] { asked.withLock { $0 } }

  package var urls: [String] { requests.map(\.url) }

  package func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    asked.withLock { $0.append(request) }
    guard let route = routes.first(where: { $0.part.isEmpty || request.url.contains($0.part) })
    else {
      throw ProviderError(.unreachable, "No route for \(request.url).")
    }
    return try route.result.get()
  }
}
