/// Splits a connection's bytes into requests.
struct RequestReader {
  static let largestHead = 16 * 1024

  private var bytes: [UInt8] = []
  /// The start of the next request.
  private var start = 0
  /// The index up to which no end of a head was found.
  private var searched = 0
  /// The bytes of a request's body that are still to be skipped.
  private var bodyLeft = 0

  /// Whether a request is incomplete.
  var isMidway: Bool { start < bytes.count || bodyLeft > 0 }

  mutating func append(_ new: UnsafeRawBufferPointer) { bytes.append(contentsOf: new) }

  /// The next complete request; nil until there is one.
  mutating func next() throws(RequestHead.Mistake) -> RequestHead? {
    skipBody()
    skipEmptyLines()
    defer { discardRead() }
    guard bodyLeft == 0, start < bytes.count else { return nil }
    // Methods are in capitals. Anything else, such as TLS, has no end to wait for.
    guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[start]) else { throw .malformed }
    guard let end = endOfHead() else {
      if bytes.count - start > Self.largestHead { throw .headTooLarge }
      return nil
    }
    guard end - start <= Self.largestHead else { throw .headTooLarge }
    let head = try RequestHead(bytes[start..<end])
    start = end
    searched = end
    bodyLeft = head.bodyLength
    return head
  }

  private mutating func skipBody() {
    let count = min(bodyLeft, bytes.count - start)
    bodyLeft -= count
    start += count
    searched = max(searched, start)
  }

  /// Empty lines before a request are allowed.
  private mutating func skipEmptyLines() {
    guard bodyLeft == 0 else { return }
    while start < bytes.count, bytes[start] == 0x0D || bytes[start] == 0x0A { start += 1 }
    searched = max(searched, start)
  }

  /// The index after the empty line; lines end with CR LF or LF.
  private mutating func endOfHead() -> Int? {
    while let feed = bytes[searched...].firstIndex(of: 0x0A) {
      searched = feed
      var next = feed + 1
      if next < bytes.count, bytes[next] == 0x0D { next += 1 }
      guard next < bytes.count else { return nil }
      if bytes[next] == 0x0A { return next + 1 }
      searched = feed + 1
    }
    searched = bytes.count
    return nil
  }

  private mutating func discardRead() {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
    } else if start > Self.largestHead {
      bytes.removeFirst(start)
    } else {
      return
    }
    searched -= start
    start = 0
  }
}
