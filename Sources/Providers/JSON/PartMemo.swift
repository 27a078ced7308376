import Glibc
import Synchronization

/// A cache of values that were made from parts of answers, keyed by the bytes of the part.
///
/// The same WABA, app and check are in the answers for many numbers: equal bytes are decoded and
/// stored once. The size is limited; a dropped value is made again.
final class PartMemo<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    let bytes: [UInt8]
    let value: Value
  }

  /// A power of two: each part has one place, which the latest part occupies.
  ///
  /// Most accounts need few of them.
  private static var places: Int { 1_024 }
  /// Longer parts are rarely shared.
  private static var longestPart: Int { 768 }

  private let entries = Mutex<[Int: Entry]>([:])

  /// The cached value for these bytes, or a new one.
  func value(of part: ArraySlice<UInt8>, make: () -> Value) -> Value {
    guard part.count <= Self.longestPart else { return make() }
    let place = Self.place(of: part)
    let known = entries.withLock { $0[place] }
    if let known, Self.areSame(known.bytes, part) { return known.value }
    let value = make()
    // A copy, since a slice would keep the whole answer in memory.
    let entry = Entry(bytes: Array(part), value: value)
    entries.withLock { $0[place] = entry }
    return value
  }

  private static func areSame(_ known: [UInt8], _ part: ArraySlice<UInt8>) -> Bool {
    known.withUnsafeBytes { known in
      part.withUnsafeBytes { part in
        guard known.count == part.count, let left = known.baseAddress,
          let right = part.baseAddress
        else { return false }
        return memcmp(left, right, part.count) == 0
      }
    }
  }

  /// Deliberate collisions only disable the cache.
  private static func place(of part: ArraySlice<UInt8>) -> Int {
    let hash = part.withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count)
      var offset = 0
      while offset + 8 <= bytes.count {
        hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      while offset < bytes.count {
        hash = mix(hash ^ UInt64(bytes[offset]))
        offset += 1
      }
      return hash
    }
    return Int(truncatingIfNeeded: hash) & (places - 1)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 29)
  }
}
