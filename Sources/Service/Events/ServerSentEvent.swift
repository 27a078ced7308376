/// An event as it goes over the wire, in the format of `EventSource`.
struct ServerSentEvent {
  var id: String?
  let name: String
  /// One line.
  let data: String

  var bytes: [UInt8] {
    var text = ""
    if let id { text += "id: \(id)\n" }
    text += "event: \(name)\ndata: "
    text += data
    text += data.hasSuffix("\n") ? "\n" : "\n\n"
    return Array(text.utf8)
  }

  /// How long a client waits before it comes back, in milliseconds.
  static let start = Array("retry: 3000\n: wabatop tells what changes\n\n".utf8)

  static func comment(_ text: String) -> [UInt8] { Array(": \(text)\n\n".utf8) }

  /// For a client that took too little of what was told.
  static let cutOff = ServerSentEvent(
    name: "cutoff",
    data: #"{"text": "this client reads too slowly; come back with Last-Event-ID"}"#
  )
  .bytes
}
