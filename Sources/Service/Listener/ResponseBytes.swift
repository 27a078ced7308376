import Glibc

/// The bytes of a response, which stay where they are until they are sent.
///
/// Unchecked, because pointers are not Sendable: the memory is its own, and nobody changes it.
package final class ResponseBytes: @unchecked Sendable {
  private let bytes: UnsafeRawBufferPointer

  /// Takes over memory of `malloc`.
  fileprivate init(taking memory: UnsafeMutableRawPointer, count: Int) {
    bytes = UnsafeRawBufferPointer(start: memory, count: count)
  }

  deinit { free(UnsafeMutableRawPointer(mutating: bytes.baseAddress)) }

  package convenience init(_ text: String) {
    var writer = ByteWriter(capacity: text.utf8.count)
    writer.append(text)
    let written = writer.take()
    self.init(taking: written.memory, count: written.count)
  }

  package var count: Int { bytes.count }

  /// The bytes, which are there only while this object is.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    defer { extendLifetime(self) }
    return body(bytes)
  }
}

/// Writes bytes one after the other, without the checks and copies of an array.
package struct ByteWriter: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) package var count = 0

  package init(capacity: Int) {
    self.capacity = max(capacity, 64)
    memory = Self.allocated(nil, self.capacity)
  }

  deinit { free(memory) }

  private static func allocated(
    _ former: UnsafeMutableRawPointer?,
    _ capacity: Int
  ) -> UnsafeMutableRawPointer {
    guard let memory = realloc(former, capacity) else {
      preconditionFailure("there is no memory for a response")
    }
    return memory
  }

  package consuming func finish() -> ResponseBytes {
    let written = take()
    return ResponseBytes(taking: written.memory, count: written.count)
  }

  fileprivate consuming func take() -> (memory: UnsafeMutableRawPointer, count: Int) {
    let written = (memory, count)
    discard self
    return written
  }

  /// What was written so far.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// Lets somebody else write at the end, who returns how many bytes were written.
  mutating func write(
    atMost room: Int,
    _ body: (UnsafeMutableRawPointer, Int) -> Int
  ) -> Int {
    reserve(room)
    let written = body(memory + count, room)
    count += written
    return written
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(2 * capacity, count + more)
    memory = Self.allocated(memory, capacity)
  }

  @inline(__always)
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    memcpy(memory + count, base, bytes.count)
    count += bytes.count
  }

  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  @inline(__always)
  package mutating func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// In decimal.
  package mutating func append(_ number: Int) {
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { buffer in
      var place = buffer.count
      var rest = number.magnitude
      repeat {
        place -= 1
        buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 {
        place -= 1
        buffer[place] = UInt8(ascii: "-")
      }
      append(UnsafeRawBufferPointer(rebasing: buffer[place...]))
    }
  }
}
