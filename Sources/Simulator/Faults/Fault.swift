/// A fault of a request or its answer.
package enum Fault: Hashable, Sendable {
  // In time
  /// The answer is correct but late.
  case latency(Duration)
  /// No answer ever; the connection stays open.
  case silence
  /// A few bytes at a time, which never end in time; the value is the pause.
  case drip(Duration)
  /// The same from the first byte of the status line on.
  case dripHead(Duration)

  // In what is said, in order as HTTP
  /// Too many requests, in the provider's own words; `Retry-After` as given, where there is one.
  case throttled(retryAfter: String?)
  /// A gateway's HTML page with this status.
  case gateway(status: Int)
  /// The body ends early but is complete for HTTP: broken JSON.
  case cut
  /// More than 2 MiB.
  case oversized
  /// 302 to another place, `http://…`; `self` is another path of the simulator that then answers.
  case redirect(to: String)
  /// This text instead of the answer, with status 200: ``, `null`, `[]`, `<html>`.
  case body(String)
  /// Valid JSON, nested far deeper than any answer.
  case nesting
  /// The correct answer after an interim one (100 to 199).
  case interim(status: Int)

  // In the connection
  /// The connection is dropped before the answer.
  case reset
  /// The connection is dropped within the answer.
  case resetDuring(ResetPhase)
  /// The connection ends in the middle of the body.
  case truncated
  /// The answer is correct, and the connection is closed after this idle time.
  case idleClose(after: Duration)
  /// The answer comes twice.
  case extraAnswer

  // In HTTP itself
  /// This text instead of the status line: `HTTP/1.1 000 Odd`, `HTTP/1.1 99999`.
  case statusLine(String)
  /// Not HTTP, and the connection stays open: `220 mail.example.com ESMTP`.
  case greeting(String)
  /// A head that ends after 1 MiB.
  case hugeHead
  /// A head that never ends.
  case endlessHead
  /// `Content-Length` is so many more than the body has, or less.
  case lengthOff(by: Int)
  /// Two `Content-Length`s that differ.
  case twoLengths
  /// A chunk whose size is no number.
  case badChunk
  /// A truncated gzip stream that is complete for HTTP.
  case gzipCut
  /// The plain answer, said to be encoded like this: `br`.
  case encoding(String)

  /// How far an answer comes before the connection is dropped.
  package enum ResetPhase: String, Hashable, Sendable, CaseIterable {
    case head
    case afterHead = "after-head"
    case body
  }
}
