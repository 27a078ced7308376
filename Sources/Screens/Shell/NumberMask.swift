/// Hides the middle of phone numbers on shared screens: `+44•••••••131`.
package struct NumberMask: Hashable, Sendable {
  private let sign: [UInt8]

  /// - Parameter sign: Replaces a hidden digit.
  package init(sign: Character) { self.sign = Array(String(sign).utf8) }

  /// Masks a phone number in any format; texts with too few digits are unchanged.
  package func number(_ text: String) -> String {
    // Bytes, because metrics mask thousands of numbers at once.
    let digits = text.utf8.filter(Self.isDigit)
    guard digits.count >= Self.fewestDigits else { return text }
    let hidden = Self.countryCode(of: digits)..<(digits.count - (digits.count < 10 ? 2 : 3))
    var masked: [UInt8] = []
    masked.reserveCapacity(3 * text.utf8.count)
    var place = 0
    for byte in text.utf8 {
      if Self.isDigit(byte) {
        if hidden.contains(place) { masked += sign } else { masked.append(byte) }
        place += 1
      } else {
        masked.append(byte)
      }
    }
    return String(decoding: masked, as: UTF8.self)
  }

  /// Masks numbers with a `+` in a sentence.
  package func text(_ text: String) -> String {
    guard text.contains("+") else { return text }
    var masked = ""
    var rest = text[...]
    while let plus = rest.firstIndex(of: "+") {
      masked += rest[..<plus]
      let number = Self.number(at: rest[plus...])
      masked += number.isEmpty ? "+" : self.number(String(number))
      rest = rest[plus...].dropFirst(max(number.count, 1))
    }
    return masked + rest
  }

  private static let fewestDigits = 7
  private static let mostDigits = 15

  /// The number that starts with this `+`; empty if it is none.
  private static func number(at text: Substring) -> Substring {
    var end = text.index(after: text.startIndex)
    var (digits, last) = (0, end)
    while end < text.endIndex, digits < mostDigits {
      let character = text[end]
      let isGap = " -().".contains(character)
      let isDigit = character.isASCII && character.isNumber
      guard isDigit || isGap else { break }
      // Two blanks end it, because another column follows.
      if isGap, end > last { if character == " " { break } }
      end = text.index(after: end)
      if !isGap { (digits, last) = (digits + 1, end) }
    }
    return digits >= fewestDigits ? text[..<last] : ""
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// The number of digits of the country code: one for 1 and 7, two for these, three for others.
  private static func countryCode(of digits: [UInt8]) -> Int {
    let (first, second) = (digits[0] - UInt8(ascii: "0"), digits[1] - UInt8(ascii: "0"))
    if first == 1 || first == 7 { return 1 }
    return twoDigits.contains(10 * first + second) ? 2 : 3
  }

  private static let twoDigits: Set<UInt8> = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56,
    57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
  ]
}
