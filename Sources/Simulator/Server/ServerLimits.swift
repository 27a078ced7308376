/// How much of the server one client can take up, and for how long.
struct ServerLimits: Sendable {
  /// From the first byte of a request to the end of its head and body.
  var request = Duration.seconds(10)
  /// Between an answer and the next request; longer than any refresh that is in use.
  var idle = Duration.seconds(300)
  /// For a client that takes nothing of its answer.
  var stall = Duration.seconds(120)
  /// For a client that leaves its end open after the last answer.
  var leaving = Duration.seconds(1)
  var connections = 4096
  /// Until it accepts again after there was no room for another connection.
  var acceptPause = Duration.milliseconds(100)
}
