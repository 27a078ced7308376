import Providers

/// The kind of a key's ids, which decides their form.
enum IDForm {
  /// The provider identifies numbers by their telephone numbers.
  case telephoneNumber
  /// Meta's id of a phone number: 14 to 17 digits.
  case phoneNumber
  /// Meta's id of a WABA or a business, also 14 to 17 digits.
  case account

  init(of key: ProviderDescription.Key) {
    switch key.form {
    case .numbers(item: "id", allowsAll: _): self = .phoneNumber
    case .list: self = .account
    default: self = .telephoneNumber
    }
  }

  /// How certainly a text is a telephone number instead of an id; nil if it does not look like one.
  func telephoneNumber(_ text: String) -> TelephoneNumberForm? {
    if case .telephoneNumber = self { return nil }
    return TelephoneNumberForm(text)
  }

  /// Whether a text may be an id: Meta's are digits, but a server that only answers as Graph does may have
  /// others.
  func canBe(_ text: String) -> Bool {
    if case .telephoneNumber = self { return true }
    // Meta's ids are numbers, and none begins with a zero.
    return text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && text.utf8.first != UInt8(ascii: "0")
  }

  /// What to write instead of a telephone number.
  var expected: String {
    switch self {
    case .account:
      "the id of the account has 14 to 17 digits, such as 102290129340398; Business settings shows it"
    case .phoneNumber, .telephoneNumber:
      "the phone number's id has 14 to 17 digits, such as 106540352242922; WhatsApp Manager shows it"
        + " beside the number"
    }
  }
}

/// How a telephone number is recognized.
enum TelephoneNumberForm {
  /// With a plus sign, spaces, dashes or brackets, which no id has.
  case certain
  /// Only digits, as many as in a telephone number with its country code, and too few for an id of
  /// Meta's. A Graph-compatible server may have such ids, however.
  case likely

  /// Nil if it is not a telephone number.
  init?(_ text: String) {
    // A fast path: thousands of ids are read before the first frame, and nearly all are only
    // digits.
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard (10...13).contains(text.utf8.count) else { return nil }
      self = .likely
      return
    }
    var digits = 0
    for scalar in text.unicodeScalars {
      if (0x30...0x39).contains(scalar.value) {
        digits += 1
      } else if !Self.isSeparator(scalar) {
        return nil
      }
    }
    // An id with a blank before or after it has that too much, and nothing else.
    let parts = text.split(whereSeparator: \.isWhitespace)
    let isPadded = parts.count == 1 && parts[0].count == digits && digits < text.count
    if isPadded, digits >= 14 { return nil }
    guard text.utf8.first == UInt8(ascii: "+") || (10...15).contains(digits) else { return nil }
    self = .certain
  }

  /// Includes characters that are copied from web pages: no-break spaces and direction marks.
  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    if "+-.()/ ".unicodeScalars.contains(scalar) { return true }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .dashPunctuation, .format: return true
    default: return false
    }
  }
}
