/// What goes wrong between a question and its answer.
package enum Fault: Hashable, Sendable {
  /// The answer is right, and late.
  case latency(Duration)
  /// No answer ever; the connection stays open.
  case silence
  /// The connection is dropped before the answer.
  case reset
  /// Too many requests, in the provider's own words; `Retry-After` as given, where there is one.
  case throttled(retryAfter: String?)
  /// A gateway's HTML page with this status.
  case gateway(status: Int)
  /// The connection ends in the middle of the body.
  case truncated
  /// The body ends early and yet is whole to HTTP: broken JSON.
  case cut
  /// More than 2 MiB.
  case oversized
  /// A few bytes now and then, never the end in time; the pause between two pieces.
  case drip(Duration)
  /// 302 to another place, `http://…`; `self` is another path of the simulator that then answers.
  case redirect(to: String)
  /// This text in place of the answer, with status 200: ``, `null`, `[]`, `<html>`.
  case body(String)
  /// Valid JSON, nested far deeper than any answer.
  case nesting
}
