package import Health

import struct FoundationEssentials.Date

/// Sends the requests of one account.
///
/// It asks the gate first, reports the rate headers to it, and removes the key from answers.
package struct ProviderExchange: Sendable {
  /// The display name: `Kapso`.
  package let provider: String
  /// The address before the provider's paths, without a slash at the end.
  package let baseURL: String
  private let timeout: Duration
  private let caFile: String?
  private let proxy: String?
  private let usesHTTP2: Bool
  private let transport: any HTTPTransport

  package init(
    provider: String,
    settings: AccountSettings,
    standardBaseURL: String,
    transport: any HTTPTransport
  ) {
    self.provider = provider
    var baseURL = Substring(settings.baseURL ?? standardBaseURL)
    while baseURL.hasSuffix("/") { baseURL = baseURL.dropLast() }
    self.baseURL = String(baseURL)
    timeout = settings.timeout
    caFile = settings.caFile
    proxy = settings.proxy?.revealed
    usesHTTP2 = settings.usesHTTP2
    self.transport = transport
  }

  /// Sends one request.
  ///
  /// - Parameters:
  ///   - path: Starts with a slash, or is an absolute URL.
  ///   - headers: The other headers, without the key.
  ///   - key: The header that contains the secret; the answer never contains its value.
  ///   - credential: The credential whose budget is used.
  ///   - gate: Admits the request.
  /// - Returns: The answer, whatever its status.
  /// - Throws: The gate's or the transport's error; `.credentialRejected` for a key that can't be
  ///   in a header.
  package func get(
    _ path: String,
    headers: [HTTPHeader] = [],
    key: KeyHeader,
    credential: String,
    through gate: any RequestGate
  ) async throws(ProviderError) -> ProviderResponse {
    guard let header = key.header else { throw key.refusal(by: provider) }
    try await gate.admit(credential)
    let request = HTTPRequest(
      url: path.utf8.first == UInt8(ascii: "/") ? baseURL + path : path,
      headers: headers.isEmpty ? [header] : headers + [header],
      timeout: timeout,
      caFile: caFile,
      proxy: proxy,
      usesHTTP2: usesHTTP2
    )
    let answer = try await send(request, hiding: key.hiding)
    let signal = RateHeaders.signal(of: answer, now: Date())
    if !signal.isEmpty { await gate.observe(signal, of: credential) }
    return ProviderResponse(answer, of: provider)
  }

  /// The answer or the failure without keys: an address may contain one, and a failure may name the
  /// address.
  private func send(
    _ request: HTTPRequest,
    hiding keys: KeyHiding
  ) async throws(ProviderError) -> HTTPAnswer {
    do throws(ProviderError) {
      return try await transport.send(request).hiding(keys)
    } catch {
      throw error.hiding(keys)
    }
  }
}

/// The header that contains an account's or a channel's secret.
package struct KeyHeader: Sendable {
  package let name: String
  /// The text before the secret, such as `Bearer `.
  package let prefix: String
  package let secret: Secret
  /// Its path in the configuration: `accounts.acme.api_key`.
  package let place: String
  /// The secret as sent, without whitespace that pasting adds.
  private let clean: String
  /// Removes it from answers.
  fileprivate let hiding: KeyHiding
  /// Nil for a secret that can't be in a header; a secret itself.
  fileprivate let header: HTTPHeader?

  /// `hidingAlso` are other secrets of the same request.
  package init(
    _ name: String,
    prefix: String = "",
    _ secret: Secret,
    place: String,
    hidingAlso others: [String] = []
  ) {
    self.name = name
    self.prefix = prefix
    self.secret = secret
    self.place = place
    let clean = String(secret.revealed.drop { $0 == "\u{FEFF}" }).trimmingWhitespace()
    // A line break would start another header.
    let isHeaderText = clean.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    self.clean = clean
    hiding = KeyHiding([clean] + others)
    header = clean.isEmpty || !isHeaderText ? nil : HTTPHeader(name, prefix + clean)
  }

  /// The header of an account's own key.
  init(_ name: String, prefix: String = "", key: String, of settings: AccountSettings) {
    self.init(
      name,
      prefix: prefix,
      settings.secret(key),
      place: "accounts.\(settings.name).\(key)"
    )
  }

  /// Why it can't be sent.
  fileprivate func refusal(by provider: String) -> ProviderError {
    let fault = clean.isEmpty ? "is empty" : "contains characters that no key has"
    return ProviderError(
      .credentialRejected,
      "The key for \(provider) \(fault). Replace it in the configuration, \(place)."
    )
  }
}

extension NumberAnswer {
  /// The result of one answer for a number.
  init(_ number: PhoneNumber, _ result: Result<HealthReport, ProviderError>, _ answer: HTTPAnswer) {
    self.init(
      number: number,
      result: result,
      httpStatus: answer.status,
      latency: answer.latency,
      raw: answer.body
    )
  }

  /// No answer came.
  init(_ number: PhoneNumber, failure: ProviderError) {
    self.init(number: number, result: .failure(failure), httpStatus: failure.httpStatus)
  }
}

extension ProviderError {
  fileprivate func hiding(_ keys: KeyHiding) -> ProviderError {
    let sent = Array(message.utf8)
    let clean = keys.hiding(sent)
    guard clean != sent else { return self }
    let text = String(decoding: clean, as: UTF8.self)
    return ProviderError(kind, text, httpStatus: httpStatus, code: code)
  }
}

extension HTTPAnswer {
  /// The same answer without the keys that the provider repeats.
  fileprivate func hiding(_ keys: KeyHiding) -> HTTPAnswer {
    let clean = keys.hiding(body)
    // Usually nothing changed.
    guard clean.count != body.count || clean != body else { return self }
    return HTTPAnswer(status: status, head: head, body: clean, latency: latency)
  }
}

extension String {
  /// Escaped for a URL's path or query: everything but letters, digits and `-._~`.
  package var urlEscaped: String {
    // A fast path for ids, which every poll escapes.
    if utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) { return self }
    var escaped = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        escaped += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return escaped
  }
}
