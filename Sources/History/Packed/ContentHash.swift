/// Bytes as a number that is the same in every run: FNV-1a of 64 bits.
///
/// For finding, not for trusting: equal numbers don't mean equal bytes.
package enum ContentHash {
  package static func of(_ bytes: [UInt8]) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int64(bitPattern: hash)
  }
}
