import Health
package import History
package import Providers

package import struct FoundationEssentials.Date

/// Posts each notice to an address, signed if there is a secret.
package struct WebhookReceiver: NoticeReceiver {
  private let target: HTTPTarget
  private let secret: Secret?
  private let transport: any HTTPTransport

  package init(_ target: HTTPTarget, secret: Secret?, over transport: any HTTPTransport) {
    self.target = target
    self.secret = secret
    self.transport = transport
  }

  package var timeout: Duration { target.timeout }

  package func receive(_ notice: Notice, at now: Date) async -> Reception {
    let timestamp = "\(Int(now.timeIntervalSince1970))"
    var headers = [
      HTTPHeader("Idempotency-Key", notice.id),
      HTTPHeader("X-Wabatop-Timestamp", timestamp),
    ]
    if let secret {
      let signature = Self.signature(of: notice.body, at: timestamp, with: secret)
      headers.append(HTTPHeader("X-Wabatop-Signature", "sha256=\(signature)"))
    }
    return await target.post(notice.body, headers, over: transport, at: now)
  }

  /// HMAC-SHA256 over the timestamp, a dot and the body, so that an old message can be told from a new one.
  static func signature(of body: String, at timestamp: String, with secret: Secret) -> String {
    SHA256.authenticationCode(
      of: Array("\(timestamp).\(body)".utf8),
      key: Array(secret.revealed.utf8)
    )
    .hexadecimal
  }
}
