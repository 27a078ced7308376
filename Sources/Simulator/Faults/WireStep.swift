/// What the server does on a connection to answer one request, step by step.
enum WireStep: Hashable, Sendable {
  case send([UInt8])
  /// Byte by byte.
  case drip([UInt8], pause: Duration)
  /// Repeats the bytes until the client closes the connection.
  case flood([UInt8])
  case wait(Duration)
  /// Closes the connection if no request follows in that time.
  case closeWhenIdle(after: Duration)
  case close
  /// Sends RST: the client gets an error instead of a normal end.
  case reset
}
