/// Texts as sixteen hexadecimal digits that are the same in every run: FNV-1a of 64 bits.
enum Fingerprint {
  static func text(of parts: [String]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in parts {
      // The end of each counts, so that what one part ends with doesn't begin the next.
      for byte in Array(part.utf8) + [0x1F] {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
