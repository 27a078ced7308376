import FoundationEssentials
import Health
package import Providers

/// An address that gets JSON, with all that is needed to send something there.
package struct HTTPTarget: Sendable {
  /// Contains no secret.
  package let url: String
  /// May contain secrets: never logged, never shown.
  package let headers: [HTTPHeader]
  package let caFile: String?
  package let timeout: Duration
  /// Whether a web page is no answer, though its status is 200: it comes from something else.
  package var refusesPages = false

  package init(
    url: String,
    headers: [HTTPHeader] = [],
    caFile: String? = nil,
    timeout: Duration = .seconds(10)
  ) {
    self.url = url
    self.headers = headers
    self.caFile = caFile
    self.timeout = timeout
  }

  func post(
    _ body: String,
    _ added: [HTTPHeader] = [],
    over transport: any HTTPTransport,
    at now: Date
  ) async -> Reception {
    let request = HTTPRequest(
      url: url,
      headers: [HTTPHeader("Content-Type", "application/json")] + headers + added,
      body: Array(body.utf8),
      timeout: timeout,
      caFile: caFile
    )
    do throws(ProviderError) {
      let answer = try await transport.send(request)
      let type = answer.header("Content-Type")?.lowercased() ?? ""
      if refusesPages, 200..<300 ~= answer.status, type.hasPrefix("text/html") {
        return .refused("answered with a web page, so it is something else")
      }
      return Reception(answer, at: now)
    } catch {
      return Reception(error)
    }
  }
}
