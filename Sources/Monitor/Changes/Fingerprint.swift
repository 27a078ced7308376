/// A hash of texts that is the same in every run: 64-bit FNV-1a as sixteen hexadecimal digits.
package enum Fingerprint {
  package static func text(of parts: [String]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in parts {
      // A separator after each part keeps "ab" + "c" apart from "a" + "bc".
      for byte in Array(part.utf8) + [0x1F] {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
