/// The encoding of clipboard text for terminals (RFC 4648).
///
/// Foundation has one too, but this target needs nothing else from Foundation.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars
  )

  static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 1
      guard count == 3 else { continue }
      text.append(contentsOf: digits(of: bits, count: 4))
      (bits, count) = (0, 0)
    }
    guard count > 0 else { return String(text) }
    let padded = bits << (8 * UInt32(3 - count))
    text.append(contentsOf: digits(of: padded, count: count + 1))
    return String(text) + String(repeating: "=", count: 3 - count)
  }

  private static func digits(of bits: UInt32, count: Int) -> [Unicode.Scalar] {
    (0..<count).map { alphabet[Int(bits >> (18 - 6 * UInt32($0)) & 0x3F)] }
  }
}
