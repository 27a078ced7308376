/// The request line and the header fields of a request.
struct RequestHead {
  let method: String
  let target: String
  /// Whether the connection may stay open after the answer.
  let keepsAlive: Bool
  /// Whether it is `HTTP/1.0`, in which keeping the connection open must be requested.
  let isOld: Bool
  /// Bytes of a body that follow.
  let bodyLength: Int
  private let fields: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]

  /// Why a request is not answered by an account.
  enum Mistake: Int, Error {
    case malformed = 400
    case methodNotAllowed = 405
    case bodyTooLarge = 413
    case headTooLarge = 431
    case versionNotSupported = 505
  }

  static let largestBody = 64 * 1024

  /// Reads all its lines; the empty one at the end may be among them.
  init(_ bytes: ArraySlice<UInt8>) throws(Mistake) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
      .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
      .filter { !$0.isEmpty }
    let words = (lines.first ?? []).split(separator: UInt8(ascii: " "))
    guard words.count == 3 else { throw .malformed }
    method = String(decoding: words[0], as: UTF8.self)
    target = String(decoding: words[1], as: UTF8.self)
    switch String(decoding: words[2], as: UTF8.self) {
    case "HTTP/1.1": isOld = false
    case "HTTP/1.0": isOld = true
    case let version where version.hasPrefix("HTTP/"): throw .versionNotSupported
    default: throw .malformed
    }
    var fields: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    fields.reserveCapacity(lines.count - 1)
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
        throw .malformed
      }
      fields.append((line[..<colon], Self.trimmed(line[(colon + 1)...])))
    }
    self.fields = fields
    let connection = Self.value(of: "connection", in: fields)?.lowercased()
    keepsAlive = isOld ? connection == "keep-alive" : connection != "close"
    bodyLength = try Self.bodyLength(fields)
  }

  /// The first value of a field, by its name in lower case.
  func header(_ name: String) -> String? { Self.value(of: name, in: fields) }

  private static func bodyLength(
    _ fields: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]
  ) throws(Mistake) -> Int {
    // Chunked bodies are not supported, because no client sends one.
    guard value(of: "transfer-encoding", in: fields) == nil else { throw .bodyTooLarge }
    guard let text = value(of: "content-length", in: fields) else { return 0 }
    guard let length = Int(text), length >= 0 else { throw .malformed }
    guard length <= largestBody else { throw .bodyTooLarge }
    return length
  }

  private static func value(
    of name: String,
    in fields: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]
  ) -> String? {
    let wanted = name.utf8
    let field = fields.first { field in
      // ASCII letters differ from their capitals in one bit.
      field.name.count == wanted.count && zip(field.name, wanted).allSatisfy { $0 | 0x20 == $1 }
    }
    return field.map { String(decoding: $0.value, as: UTF8.self) }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
