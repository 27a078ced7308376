/// Limits for one client's use of the server.
struct ServerLimits: Sendable {
  /// From the first byte of a request to the end of its head and body.
  var request = Duration.seconds(10)
  /// Between an answer and the next request; longer than any refresh that is in use.
  var idle = Duration.seconds(300)
  /// For a client that does not read its answer.
  var stall = Duration.seconds(120)
  /// For a client that does not close after the last answer.
  var leaving = Duration.seconds(1)
  var connections = 4096
  /// The pause before accepting again after running out of descriptors.
  var acceptPause = Duration.milliseconds(100)
}
