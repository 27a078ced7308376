import Health

// The one form of a phone number that all programs share.
extension NumberRecord {
  /// Such as `+12135550101`; nil while the provider has not said the number, or not all of it.
  package var e164: String? { report?.facts.displayNumber.flatMap(Self.e164) }

  /// The form of E.164: a plus, the country code and the number, 15 digits at most.
  ///
  /// - Parameter text: A number with its country code, in any format.
  /// - Returns: Nil where the text has anything but digits and punctuation, such as a masked number.
  package static func e164(_ text: String) -> String? {
    let number = compact(text)
    let digits = number.dropFirst()
    guard number.first == "+", (7...15).contains(digits.count), digits.first != "0",
      digits.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return number
  }
}
