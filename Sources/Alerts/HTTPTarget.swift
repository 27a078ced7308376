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
      return Reception(try await transport.send(request), at: now)
    } catch {
      return Reception(error)
    }
  }
}
