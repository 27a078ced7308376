/// What the server does on a connection to answer one request, step by step.
enum WireStep: Hashable, Sendable {
  case send([UInt8])
  /// Byte by byte.
  case drip([UInt8], pause: Duration)
  /// The same again and again until the other side has enough.
  case flood([UInt8])
  case wait(Duration)
  /// Ends the connection where no request follows in that time.
  case closeWhenIdle(after: Duration)
  case close
  /// With RST: the other side gets an error, no orderly end.
  case reset
}
