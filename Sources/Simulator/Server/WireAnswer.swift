/// An HTTP answer of which every part can be made invalid.
struct WireAnswer {
  var statusLine: String
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []
  var framing = Framing.length

  /// How the client learns where the body ends.
  enum Framing {
    case length
    /// Any texts instead of the length, in one field each.
    case lengths([String])
    /// The body is in chunks already.
    case chunked
  }

  init(status: Int) { statusLine = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "")" }

  init(_ answer: SimulatedAnswer) {
    self.init(status: answer.status)
    fields = [("Content-Type", answer.contentType)] + answer.headers
    body = answer.body
  }

  private static let reasons = [
    200: "OK", 302: "Found", 400: "Bad Request", 401: "Unauthorized", 402: "Payment Required",
    403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 410: "Gone",
    413: "Content Too Large", 422: "Unprocessable Content", 423: "Locked",
    429: "Too Many Requests", 431: "Request Header Fields Too Large",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
  ]
}

/// The common parts of all answers on a connection.
struct WireFrame {
  let date: String
  /// The value of `Connection`; nil if it isn't needed.
  let connection: String?

  /// Sends the answer in one piece, and closes the connection if needed.
  func steps(_ answer: WireAnswer) -> [WireStep] {
    var bytes = head(answer)
    bytes += answer.body
    return ending([.send(bytes)])
  }

  /// These steps, and closes the connection if needed.
  func ending(_ steps: [WireStep]) -> [WireStep] {
    connection == "close" ? steps + [.close] : steps
  }

  /// Includes the empty line at the end.
  func head(_ answer: WireAnswer) -> [UInt8] {
    var text = answer.statusLine
    text += "\r\n"
    for field in answer.fields { Self.add(field.name, field.value, to: &text) }
    switch answer.framing {
    case .length: Self.add("Content-Length", String(answer.body.count), to: &text)
    case .lengths(let values):
      for value in values { Self.add("Content-Length", value, to: &text) }
    case .chunked: break
    }
    Self.add("Date", date, to: &text)
    if case .chunked = answer.framing { Self.add("Transfer-Encoding", "chunked", to: &text) }
    if let connection { Self.add("Connection", connection, to: &text) }
    text += "\r\n"
    return Array(text.utf8)
  }

  private static func add(_ name: String, _ value: String, to text: inout String) {
    text += name
    text += ": "
    text += value
    text += "\r\n"
  }
}
