/// Answers that are not HTTP, or that violate it.
extension Delivery {
  func broken(_ answer: WireAnswer, _ fault: Fault) -> [WireStep] {
    switch fault {
    case .dripHead(let pause): frame.ending([.drip(frame.head(answer) + answer.body, pause: pause)])
    case .interim(let status): interim(answer, status)
    case .resetDuring(let phase): resetting(answer, phase)
    case .truncated: truncated(answer)
    case .extraAnswer: twice(answer)
    case .statusLine(let text): frame.steps(changing(answer) { $0.statusLine = text })
    case .greeting(let text): hanging(Array("\(text)\r\n".utf8))
    case .hugeHead: frame.steps(changing(answer) { $0.fields += Self.filler(bytes: 1 << 20) })
    case .endlessHead:
      [.send(Array("\(answer.statusLine)\r\n".utf8)), .flood(Self.lines(Self.filler(bytes: 4096)))]
    case .lengthOff(let difference): wrongLength(answer, by: difference)
    case .twoLengths:
      frame.steps(
        changing(answer) {
          $0.framing = .lengths([String($0.body.count), String($0.body.count + 7)])
        }
      )
    case .badChunk: badChunk(answer)
    case .gzipCut: frame.steps(changing(answer, Self.cutGzip))
    case .encoding(let name):
      frame.steps(changing(answer) { $0.fields.append(("Content-Encoding", name)) })
    case .latency, .silence, .drip, .throttled, .gateway, .cut, .oversized, .redirect, .body,
      .nesting, .reset, .idleClose:
      frame.steps(answer)
    }
  }

  private func changing(_ answer: WireAnswer, _ change: (inout WireAnswer) -> Void) -> WireAnswer {
    var answer = answer
    change(&answer)
    return answer
  }

  /// Sends bytes, and then nothing while the connection stays open.
  private func hanging(_ bytes: [UInt8]) -> [WireStep] {
    [.send(bytes), .wait(Self.silence), .close]
  }

  private func truncated(_ answer: WireAnswer) -> [WireStep] {
    [.send(frame.head(answer) + Self.half(answer.body)), .close]
  }

  private func interim(_ answer: WireAnswer, _ status: Int) -> [WireStep] {
    let early = Array("HTTP/1.1 \(status) Interim\r\nX-Interim: yes\r\n\r\n".utf8)
    return [.send(early)] + frame.steps(answer)
  }

  private func twice(_ answer: WireAnswer) -> [WireStep] {
    let bytes = frame.head(answer) + answer.body
    return frame.ending([.send(bytes + bytes)])
  }

  /// A pause before the reset, so that the sent bytes are surely read.
  private func resetting(_ answer: WireAnswer, _ phase: Fault.ResetPhase) -> [WireStep] {
    let head = frame.head(answer)
    let bytes =
      switch phase {
      case .head: Self.half(head)
      case .afterHead: head
      case .body: head + Self.half(answer.body)
      }
    return [.send(bytes), .wait(.milliseconds(20)), .reset]
  }

  /// Extra bytes stay on the connection and hit the next request; the client waits for missing
  /// ones.
  private func wrongLength(_ answer: WireAnswer, by difference: Int) -> [WireStep] {
    let said = max(0, answer.body.count + difference)
    let wire = changing(answer) { $0.framing = .lengths([String(said)]) }
    return said > answer.body.count
      ? hanging(frame.head(wire) + wire.body) : frame.steps(wire)
  }

  private func badChunk(_ answer: WireAnswer) -> [WireStep] {
    frame.steps(
      changing(answer) {
        $0.framing = .chunked
        $0.body = Chunk.bytes(Self.half($0.body)) + Array("zz\r\n".utf8) + $0.body + Chunk.last
      }
    )
  }

  /// A stream of one stored block needs no compressor.
  private static func cutGzip(_ answer: inout WireAnswer) {
    let length = UInt16(truncatingIfNeeded: answer.body.count)
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    let block = [1] + littleEndian(length) + littleEndian(~length)
    answer.fields.append(("Content-Encoding", "gzip"))
    answer.body = header + block + half(answer.body)
  }

  private static func littleEndian(_ value: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }

  private static func filler(bytes: Int) -> [(name: String, value: String)] {
    let value = String(repeating: "x", count: 1000)
    return Array(repeating: (name: "X-Filler", value: value), count: max(1, bytes / 1012))
  }

  private static func lines(_ fields: [(name: String, value: String)]) -> [UInt8] {
    Array(fields.map { "\($0.name): \($0.value)\r\n" }.joined().utf8)
  }
}
