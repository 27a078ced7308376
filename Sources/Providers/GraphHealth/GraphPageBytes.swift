/// Where the items of a page stand in its bytes, so that each number keeps its own part of the answer
/// as it came, and not a page of a hundred numbers.
struct GraphPageBytes {
  private(set) var items: [Range<Int>] = []
  private var depth = 0
  private var key: Range<Int>?
  private var lastString: Range<Int>?
  private var isInData = false
  private var itemStart: Int?

  /// Of a body that is known to be JSON.
  init(_ body: [UInt8]) {
    body.withUnsafeBufferPointer { scan($0) }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        beginItem(at: index)
        let end = Self.endOfString(bytes, from: index + 1)
        lastString = index + 1..<end
        index = end
      case UInt8(ascii: ":"):
        if depth == 1 { key = lastString }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        beginItem(at: index)
        depth += 1
        if depth == 2, bytes[index] == UInt8(ascii: "["), isData(key, in: bytes) {
          // Of a key that is there twice the last one counts, as everywhere.
          isInData = true
          items = []
        }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 2 {
          endItem(at: index, in: bytes)
          isInData = false
        }
        depth -= 1
      case UInt8(ascii: ","):
        if depth == 2 { endItem(at: index, in: bytes) }
      case let byte where Self.isSpace(byte): break
      default: beginItem(at: index)
      }
      index += 1
    }
  }

  private mutating func beginItem(at index: Int) {
    if isInData, depth == 2, itemStart == nil { itemStart = index }
  }

  private mutating func endItem(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    guard isInData, let start = itemStart else { return }
    var end = index
    while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
    items.append(start..<end)
    itemStart = nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): true
    default: false
    }
  }

  private func isData(_ key: Range<Int>?, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let key else { return false }
    return bytes[key].elementsEqual("data".utf8)
  }

  /// The index of the closing quote, or the end.
  private static func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index, bytes.count)
  }
}
