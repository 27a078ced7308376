import Health

extension HealthReport {
  /// Adds a note if the report does not contain the requested id or number.
  ///
  /// It is only a note, because documented answers differ in their ids, and proxies omit them.
  func about(_ asked: String) -> Self {
    if nodeID == asked || phoneNumberID == asked { return self }
    let ids = [nodeID, facts.displayNumber] + entities.map(\.id)
    guard !ids.contains(where: { $0.map { asked.isMasked(as: $0) } ?? false }) else { return self }
    var noted = self
    if let other = phoneNumberID ?? facts.displayNumber {
      noted.note = "the answer is about \(other), not about \(asked)"
    } else if incomplete == nil {
      noted.note = "the answer does not say which number it is about"
    }
    return noted
  }
}

extension String {
  /// Whether both are equal, except for characters that either side masks with an X.
  fileprivate func isMasked(as other: String) -> Bool {
    if self == other { return true }
    let (own, its) = (lettersAndDigits, other.lettersAndDigits)
    return own.count == its.count && !own.isEmpty
      && zip(own, its).allSatisfy { $0 == $1 || $0 == Self.mask || $1 == Self.mask }
  }

  private static let mask = UInt8(ascii: "X")

  private var lettersAndDigits: [UInt8] {
    utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x20
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
      default: nil
      }
    }
  }
}
