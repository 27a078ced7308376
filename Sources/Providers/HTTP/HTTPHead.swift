/// The head of an answer as it came: a status line, then a line for each header.
///
/// It stays bytes, since of each answer's dozen headers two or three are ever looked at.
package struct HTTPHead: Hashable, Sendable {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Of an answer that did not come over the wire.
  package init(headers: [HTTPHeader]) {
    let lines = headers.map { header in
      let value = header.value.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
      return Array("\(header.name): ".utf8) + value + Array("\r\n".utf8)
    }
    bytes = Array("\r\n".utf8) + lines.joined()
  }

  /// The first value of a header without the blanks around it; names are ASCII and their case means
  /// nothing.
  package func value(of name: StaticString) -> String? {
    bytes.withUnsafeBufferPointer { bytes in
      name.withUTF8Buffer { name in
        var start = 0
        while let line = Self.line(of: bytes, from: start) {
          // The status line holds no header.
          if start > 0, let value = Self.value(of: name, in: bytes[line]) { return value }
          start = line.upperBound + 1
        }
        return nil
      }
    }
  }

  private static func line(
    of bytes: UnsafeBufferPointer<UInt8>,
    from start: Int
  ) -> Range<Int>? {
    guard start < bytes.count else { return nil }
    return start..<(bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)
  }

  private static func value(
    of name: UnsafeBufferPointer<UInt8>,
    in line: Slice<UnsafeBufferPointer<UInt8>>
  ) -> String? {
    let colon = line.startIndex + name.count
    guard colon < line.endIndex, line[colon] == UInt8(ascii: ":") else { return nil }
    for offset in 0..<name.count {
      let (mine, theirs) = (name[offset], line[line.startIndex + offset])
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(mine | 0x20)
      guard mine == theirs || (mine ^ theirs == 0x20 && isLetter) else { return nil }
    }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var value = line[(colon + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value = value.dropLast() }
    return String(decoding: value, as: UTF8.self)
  }
}
