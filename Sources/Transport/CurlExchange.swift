import CCurl
import Health
import Providers

/// One request to one address, for the loop.
struct CurlExchange: Sendable {
  let url: String
  /// `Name: value`.
  let headers: [String]
  /// Nil for a GET.
  let body: [UInt8]?
  let deadline: ContinuousClock.Instant
  let kind: Kind

  /// The settings of a handle: requests of one kind reuse the same handles.
  struct Kind: Hashable, Sendable {
    let caFile: String?
    let proxy: String?
    let usesHTTP2: Bool

    init(_ request: HTTPRequest) {
      caFile = request.caFile
      // The environment's proxy is not used for this machine itself.
      proxy = request.proxy ?? (request.url.isLoopbackAddress ? "" : nil)
      usesHTTP2 = request.usesHTTP2
    }
  }

  /// The server of the address, for limiting its concurrent requests.
  var server: Substring {
    var slashes = 0
    let end = url.utf8.firstIndex { byte in
      if byte == UInt8(ascii: "/") { slashes += 1 }
      return slashes == 3
    }
    return url[..<(end ?? url.endIndex)]
  }
}

/// How an exchange ended.
enum CurlOutcome: Sendable {
  /// An answer started; `failure` is set if it did not end well.
  case answered(CurlAnswer, failure: CurlFailure?)
  case failed(CurlFailure)
  /// The task was cancelled.
  case cancelled
  /// No connection was free before its deadline.
  case notSent
  /// The transport has been shut down.
  case ended
  /// No request can be sent at all, for this reason.
  case unavailable(String)
}

struct CurlAnswer: Sendable {
  let status: Int
  let head: [UInt8]
  let body: [UInt8]
  /// Absolute; nil if the answer is no redirect.
  let redirect: String?
}

/// What libcurl reports about a failed request.
struct CurlFailure: Sendable {
  /// CURLcode.
  let code: Int
  let systemError: Int32
  let verifyResult: Int
  let proxyStatus: Int
  let excess: ccurl_excess
  let isHeadWhole: Bool
  /// The address of the connection, such as `192.0.2.1:443`; nil if there was none.
  let peer: String?
  let port: Int
  /// libcurl's message, which is never shown: it may contain a proxy's password.
  let words: String
  /// The configured proxy, if any.
  let proxy: String?
}

extension CurlOutcome {
  /// Copies the bytes, because the handle is reused for other requests.
  init(_ outcome: ccurl_outcome, kind: CurlExchange.Kind) {
    let failure = outcome.code == 0 ? nil : CurlFailure(outcome, proxy: kind.proxy)
    // A proxy's request for a password is not the provider's answer, neither over plain http nor
    // over CONNECT.
    guard outcome.status > 0, outcome.status != CurlFailure.passwordAsked else {
      let nothing = CurlFailure(outcome, proxy: kind.proxy)
      self = .failed(failure ?? nothing)
      return
    }
    let answer = CurlAnswer(
      status: outcome.status,
      head: Array(UnsafeBufferPointer(start: outcome.head, count: outcome.head_length)),
      body: Array(UnsafeBufferPointer(start: outcome.body, count: outcome.body_length)),
      redirect: outcome.redirect.map { String(cString: $0) }
    )
    self = .answered(answer, failure: failure)
  }

  /// The address to follow; nil if this is not a redirect.
  ///
  /// - Throws: `.unintelligible`, which names the host, for a redirect to another server.
  func redirect(from url: String) throws(ProviderError) -> String? {
    guard case .answered(let answer, _) = self, let target = answer.redirect else { return nil }
    return try Redirect.target(target, from: url, status: answer.status)
  }

  /// The answer, with any status.
  ///
  /// The body of an error is used even if it was cut off. To a POST the head says everything: what
  /// follows may be large, slow or broken.
  func answer(
    to request: HTTPRequest,
    at url: String,
    latency: Duration
  ) throws(ProviderError) -> HTTPAnswer {
    switch self {
    case .answered(let answer, let failure):
      let isToldByHead = request.body != nil && answer.status >= 200
      if let failure, !(isToldByHead && failure.isHeadWhole),
        !(answer.status >= 300 && failure.isBrokenOff)
      {
        throw failure.error(at: url, request, status: answer.status, received: answer.body.count)
      }
      return HTTPAnswer(
        status: answer.status,
        head: HTTPHead(answer.head),
        body: answer.body,
        latency: latency
      )
    case .failed(let failure): throw failure.error(at: url, request, status: nil, received: 0)
    case .cancelled: throw TransportFailure.cancelled(url)
    case .notSent: throw TransportFailure.notSent(url)
    case .ended: throw ProviderError(.unreachable, "wabatop is shutting down.")
    case .unavailable(let reason): throw ProviderError(.unreachable, reason)
    }
  }
}

extension CurlFailure {
  fileprivate init(_ outcome: ccurl_outcome, proxy: String?) {
    code = Int(outcome.code)
    systemError = Int32(outcome.system_error)
    verifyResult = outcome.verify_result
    proxyStatus =
      outcome.status == Self.passwordAsked ? outcome.status : outcome.proxy_status
    excess = outcome.excess
    isHeadWhole = outcome.is_head_whole
    port = outcome.port
    let ip = String(cString: outcome.ip)
    let address = ip.contains(":") ? "[\(ip)]" : ip
    peer = ip.isEmpty ? nil : "\(address):\(outcome.port)"
    words = String(cString: outcome.words)
    self.proxy = proxy
  }
}

extension String {
  /// Whether the address is this machine itself.
  fileprivate var isLoopbackAddress: Bool {
    let host = TransportFailure.host(of: self).lowercased()
    if host.hasPrefix("[::1]") { return true }
    let name = host.prefix { $0 != ":" }
    return name == "localhost"
      || name.hasPrefix("127.") && name.allSatisfy { $0.isNumber || $0 == "." }
  }
}
