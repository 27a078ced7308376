/// The head of an answer as it came: a status line, then a line for each header.
///
/// It stays bytes, since only two or three of an answer's dozen headers are ever read.
package struct HTTPHead: Hashable, Sendable {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// For an answer that did not come over the wire; a line break in a value becomes a space.
  package init(headers: [HTTPHeader]) {
    let lines = headers.map { header in
      "\(header.name): \(header.value)".utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    }
    bytes = Array("\r\n".utf8) + lines.joined(separator: "\r\n".utf8)
  }

  /// The first value of a header, trimmed; names are ASCII and case-insensitive.
  package func value(of name: StaticString) -> String? {
    var value: String?
    forEachHeader { header in
      if value == nil, header.isNamed(name) { value = header.value }
    }
    return value
  }

  /// Visits each header in the order sent, in one pass and without copying.
  func forEachHeader(_ body: (Header) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = Self.endOfLine(in: bytes, from: 0)
      // The status line is no header.
      while start < bytes.count {
        let end = Self.endOfLine(in: bytes, from: start + 1)
        if let header = Header(UnsafeBufferPointer(rebasing: bytes[(start + 1)..<end])) {
          body(header)
        }
        start = end
      }
    }
  }

  private static func endOfLine(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    return index
  }

  /// One line of the head, valid during the visit.
  struct Header {
    private let line: UnsafeBufferPointer<UInt8>
    /// The length of its name.
    let nameLength: Int

    /// Nil without a colon.
    fileprivate init?(_ line: UnsafeBufferPointer<UInt8>) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      self.line = line
      nameLength = colon
    }

    func isNamed(_ name: StaticString) -> Bool {
      guard nameLength == name.utf8CodeUnitCount else { return false }
      for offset in 0..<nameLength {
        let (mine, theirs) = (name.utf8Start[offset], line[offset])
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(mine | 0x20)
        guard mine == theirs || (mine ^ theirs == 0x20 && isLetter) else { return false }
      }
      return true
    }

    var value: String {
      func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
      var value = line[(nameLength + 1)...].drop(while: isBlank)
      while let last = value.last, isBlank(last) { value = value.dropLast() }
      return String(decoding: value, as: UTF8.self)
    }
  }
}
