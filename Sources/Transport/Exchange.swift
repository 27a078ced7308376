import AsyncHTTPClient
import Health
import NIOCore
import NIOHTTP1
import Providers

import struct Foundation.URL

/// One request with the redirects that its host sends it through, down to the last byte.
struct Exchange {
  private let request: HTTPRequest
  private let clients: HTTPClients
  private let headers: HTTPHeaders
  private let start = ContinuousClock.now

  private static let mostRedirects = 5

  init(_ request: HTTPRequest, clients: HTTPClients, userAgent: String) throws(ProviderError) {
    self.request = request
    self.clients = clients
    var headers: HTTPHeaders = ["User-Agent": userAgent, "Accept-Encoding": "gzip"]
    for header in request.headers {
      // A line break would let what follows it pass for a header of its own.
      guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw ProviderError(
          .credentialRejected,
          "The header \(header.name) was not sent: its value holds a line break or control character."
            + " Remove it from the configured key."
        )
      }
      headers.replaceOrAdd(name: header.name, value: header.value)
    }
    self.headers = headers
  }

  func answer() async throws(ProviderError) -> HTTPAnswer {
    guard var url = URL(string: request.url), url.host() != nil else {
      throw ProviderError(.unreachable, "The address \(request.url) is not one. Check base_url.")
    }
    let client = try clients.client(caFile: request.caFile)
    for _ in 0...Self.mostRedirects {
      let response = try await head(of: url, from: client)
      let status = Int(response.status.code)
      guard let next = try Redirect.target(of: response.headers, status: status, from: url) else {
        return HTTPAnswer(
          status: status,
          headers: response.headers.map { HTTPHeader($0.name, $0.value) },
          body: try await body(of: response, status: status),
          latency: .now - start
        )
      }
      url = next
    }
    throw ProviderError(
      .unintelligible,
      "\(TransportFailure.host(of: url)) redirected more than \(Self.mostRedirects) times."
    )
  }

  private func head(
    of url: URL,
    from client: HTTPClient
  ) async throws(ProviderError) -> HTTPClientResponse {
    var message = HTTPClientRequest(url: url.absoluteString)
    message.headers = headers
    do {
      return try await client.execute(message, deadline: .distantFuture)
    } catch {
      throw TransportFailure.error(for: error, at: url)
    }
  }

  /// At most `HTTPRequest.largestBody`; what an error's body holds is taken even when it breaks off.
  private func body(
    of response: HTTPClientResponse,
    status: Int
  ) async throws(ProviderError) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await buffer in response.body {
        guard bytes.count + buffer.readableBytes <= HTTPRequest.largestBody else {
          throw TransportFailure.BodyTooLarge()
        }
        bytes.append(contentsOf: buffer.readableBytesView)
      }
      return bytes
    } catch {
      let failure = TransportFailure.bodyError(for: error, status: status, received: bytes.count)
      if failure.kind == .unintelligible, status >= 300, !(error is TransportFailure.BodyTooLarge) {
        return bytes
      }
      throw failure
    }
  }
}
