/// Turns an answer into steps on the connection, and applies the faults.
///
/// Faults that HTTP itself must not show are in `Delivery+Wire.swift`.
struct Delivery {
  let target: String
  let isRedirected: Bool
  let latency: Duration
  let frame: WireFrame

  /// Longer than any request's deadline.
  static let silence = Duration.seconds(120)

  /// The steps on the connection.
  ///
  /// Delays add up; of all other faults the last in the scenario wins.
  func steps(
    _ answer: SimulatedAnswer,
    faults: [Fault],
    endpoints: any ProviderEndpoints
  ) -> [WireStep] {
    var delay = latency
    var fault: Fault?
    for found in faults {
      if case .latency(let time) = found { delay += time } else { fault = found }
    }
    let steps = fault.map { self.steps(answer, $0, endpoints) } ?? plain(answer)
    return delay > .zero ? [.wait(delay)] + steps : steps
  }

  private func steps(
    _ answer: SimulatedAnswer,
    _ fault: Fault,
    _ endpoints: any ProviderEndpoints
  ) -> [WireStep] {
    switch fault {
    case .latency: plain(answer)
    case .silence: [.wait(Self.silence), .reset]
    case .drip(let pause): dripping(answer, pause)
    case .throttled(let wait): plain(endpoints.throttled(retryAfter: wait))
    case .gateway(let status): plain(GatewayPage.answer(status))
    case .cut: plain(SimulatedAnswer(bytes: Self.half(answer.body)))
    case .oversized: oversized(answer)
    case .redirect(let place): redirected(answer, to: place)
    case .body(let text): plain(SimulatedAnswer(text))
    case .nesting: plain(Self.nested)
    case .idleClose(let time): plain(answer) + [.closeWhenIdle(after: time)]
    case .reset: [.reset]
    case .truncated: broken(ok(answer), fault)
    case .dripHead, .interim, .resetDuring, .extraAnswer, .statusLine, .greeting,
      .hugeHead, .endlessHead, .lengthOff, .twoLengths, .badChunk, .gzipCut, .encoding:
      broken(WireAnswer(answer), fault)
    }
  }

  func plain(_ answer: SimulatedAnswer) -> [WireStep] { frame.steps(WireAnswer(answer)) }

  static func half(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix(bytes.count / 2)) }

  private func dripping(_ answer: SimulatedAnswer, _ pause: Duration) -> [WireStep] {
    let wire = ok(answer)
    return frame.ending([.send(frame.head(wire)), .drip(wire.body, pause: pause)])
  }

  /// Blanks before a valid answer of unannounced length: only the size is wrong.
  private func oversized(_ answer: SimulatedAnswer) -> [WireStep] {
    var wire = ok(answer)
    wire.framing = .chunked
    let blanks = Array(repeating: WireStep.send(Self.blanks), count: 40)
    let end = Chunk.bytes(answer.body) + Chunk.last
    return frame.ending([.send(frame.head(wire))] + blanks + [.send(end)])
  }

  private static let blanks = Chunk.bytes(Array(repeating: 0x20, count: 64 * 1024))

  private func redirected(_ answer: SimulatedAnswer, to place: String) -> [WireStep] {
    guard !isRedirected else { return plain(answer) }
    let here = target + (target.contains("?") ? "&" : "?") + "redirected=1"
    var wire = WireAnswer(status: 302)
    wire.fields = [("Location", place == "self" ? here : place)]
    return frame.steps(wire)
  }

  /// The answer with status 200, whatever its own is.
  func ok(_ answer: SimulatedAnswer) -> WireAnswer {
    var answer = answer
    answer.status = 200
    return WireAnswer(answer)
  }

  private static let nested: SimulatedAnswer = {
    let depth = 20_000
    let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    return SimulatedAnswer(#"{"health_status":\#(lists)}"#)
  }()
}

/// A body in pieces, as `Transfer-Encoding: chunked` has it.
enum Chunk {
  static func bytes(_ content: [UInt8]) -> [UInt8] {
    Array("\(String(content.count, radix: 16))\r\n".utf8) + content + Array("\r\n".utf8)
  }

  static let last = Array("0\r\n\r\n".utf8)
}

extension SimulatedState {
  /// The faults that apply to an answer, in the scenario's order.
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
