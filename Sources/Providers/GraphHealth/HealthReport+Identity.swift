import Health

extension HealthReport {
  /// With a note where nothing in it carries the id, or the number, that was asked for.
  ///
  /// No more than a note: documented answers differ in their ids, and proxies leave them out.
  func about(_ asked: String) -> Self {
    if nodeID == asked || phoneNumberID == asked { return self }
    let ids = [nodeID, facts.displayNumber] + entities.map(\.id)
    guard !ids.contains(where: { $0.map { asked.isMasked(as: $0) } ?? false }) else { return self }
    var noted = self
    if let other = phoneNumberID ?? facts.displayNumber {
      noted.note = "the answer is about \(other), asked was \(asked)"
    } else if incomplete == nil {
      noted.note = "the answer does not say which number it is about"
    }
    return noted
  }
}

extension String {
  /// The same letters and digits, of which either side may hide some behind an X.
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
