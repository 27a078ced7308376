import HTTPTypes
import Hummingbird
import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Brings an answer to the wire, or lets happen to it what the faults say.
struct Delivery {
  let channel: any Channel
  let target: String
  let isRedirected: Bool
  let latency: Duration

  /// The response to hand on.
  ///
  /// Delays add up; of all other faults the last in the scenario wins.
  func response(
    _ answer: SimulatedAnswer,
    faults: [Fault],
    endpoints: any ProviderEndpoints
  ) async throws -> Response {
    var delay = latency
    var fault: Fault?
    for found in faults {
      if case .latency(let time) = found { delay += time } else { fault = found }
    }
    if delay > .zero { try await Task.sleep(for: delay) }
    guard let fault else { return Self.plain(answer) }
    return try await response(answer, fault, endpoints)
  }

  private func response(
    _ answer: SimulatedAnswer,
    _ fault: Fault,
    _ endpoints: any ProviderEndpoints
  ) async throws -> Response {
    switch fault {
    case .latency: return Self.plain(answer)
    case .silence: try await staySilent()
    case .reset: try await reset()
    case .throttled(let wait): return Self.plain(endpoints.throttled(retryAfter: wait))
    case .gateway(let status): return Self.plain(GatewayPage.answer(status))
    case .truncated: return truncated(answer)
    case .cut:
      return Self.plain(SimulatedAnswer(bytes: Array(answer.body.prefix(answer.body.count / 2))))
    case .oversized: return oversized(answer)
    case .drip(let pause): return dripping(answer, pause: pause)
    case .redirect(let place): return redirected(answer, to: place)
    case .body(let text): return Self.plain(SimulatedAnswer(text))
    case .nesting: return Self.plain(Self.nested)
    }
    return Response(status: .internalServerError)
  }

  private static func plain(_ answer: SimulatedAnswer) -> Response {
    Response(
      status: HTTPResponse.Status(code: answer.status),
      headers: headers(answer),
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    )
  }

  private static func headers(_ answer: SimulatedAnswer) -> HTTPFields {
    var fields: HTTPFields = [.contentType: answer.contentType]
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    return fields
  }

  /// Longer than any request's deadline; ends early when the connection does.
  private func staySilent() async throws {
    for _ in 0..<240 where channel.isActive { try await Task.sleep(for: .milliseconds(500)) }
    try await reset()
  }

  /// With RST where the system allows it: the other side gets an error, no polite end.
  private func reset() async throws {
    if let socket = channel as? any SocketOptionProvider {
      try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    try? await channel.close().get()
    throw CancellationError()
  }

  private func truncated(_ answer: SimulatedAnswer) -> Response {
    let half = ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2))
    let body = ResponseBody(contentLength: answer.body.count) { [channel] writer in
      try await writer.write(half)
      try? await channel.close().get()
      throw CancellationError()
    }
    return Response(status: .ok, headers: Self.headers(answer), body: body)
  }

  /// Blanks before a good answer, of unannounced length: only the size is wrong.
  private func oversized(_ answer: SimulatedAnswer) -> Response {
    let blanks = ByteBuffer(repeating: 0x20, count: 64 * 1024)
    let body = ResponseBody { writer in
      for _ in 0..<40 { try await writer.write(blanks) }
      try await writer.write(ByteBuffer(bytes: answer.body))
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: Self.headers(answer), body: body)
  }

  private func dripping(_ answer: SimulatedAnswer, pause: Duration) -> Response {
    let body = ResponseBody(contentLength: answer.body.count) { writer in
      for byte in answer.body {
        try await writer.write(ByteBuffer(bytes: [byte]))
        try await Task.sleep(for: pause)
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: Self.headers(answer), body: body)
  }

  private func redirected(_ answer: SimulatedAnswer, to place: String) -> Response {
    guard !isRedirected else { return Self.plain(answer) }
    let here = target + (target.contains("?") ? "&" : "?") + "redirected=1"
    return Response(status: .found, headers: [.location: place == "self" ? here : place])
  }

  private static let nested: SimulatedAnswer = {
    let depth = 20_000
    let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    return SimulatedAnswer(#"{"health_status":\#(lists)}"#)
  }()
}

/// What gateways answer in place of the provider.
enum GatewayPage {
  static func answer(_ status: Int) -> SimulatedAnswer {
    let title = "\(status) \(titles[status] ?? "Error")"
    var answer = SimulatedAnswer(
      """
      <html>\r
      <head><title>\(title)</title></head>\r
      <body>\r
      <center><h1>\(title)</h1></center>\r
      <hr><center>nginx</center>\r
      </body>\r
      </html>\r

      """,
      status: status
    )
    answer.contentType = "text/html"
    return answer
  }

  private static let titles = [
    403: "Forbidden", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Temporarily Unavailable", 504: "Gateway Time-out",
  ]
}

extension SimulatedState {
  /// The faults that stick to what an answer is about, in the scenario's order.
  func faults(hitting answer: SimulatedAnswer, account: Int) -> [Fault] {
    faults.filter { fault in
      guard fault.part == nil || fault.part == answer.part else { return false }
      switch fault.place {
      case .accounts(let accounts): return accounts.contains(account)
      case .wabas(let wabas): return answer.waba.map(wabas.contains) ?? false
      case .numbers(let numbers): return answer.number.map(numbers.contains) ?? false
      }
    }
    .map(\.fault)
  }
}
