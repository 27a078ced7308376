import Health

/// All of a number that the plain filter looks at, as bytes, in lower case so that typing stays quick.
struct SearchText: Hashable, Sendable {
  private let bytes: [UInt8]

  /// - Parameters:
  ///   - record: The number.
  ///   - fleet: Knows the names of business accounts.
  ///   - isFolded: In lower case; else as sent, for a filter whose case counts.
  init(_ record: NumberRecord, in fleet: Fleet, isFolded: Bool = true) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    func add(_ field: String?) {
      guard let field else { return }
      if !isFolded {
        bytes.append(contentsOf: field.utf8)
      } else if field.utf8.allSatisfy({ $0 < 0x80 }) {
        bytes.append(contentsOf: field.utf8.lazy.map { 65...90 ~= $0 ? $0 | 0x20 : $0 })
      } else {
        bytes.append(contentsOf: field.lowercased().utf8)
      }
      bytes.append(0x0A)
    }
    Self.forEachField(of: record, in: fleet, add)
    self.bytes = bytes
  }

  func contains(_ text: [UInt8]) -> Bool { bytes.contains(sequence: text) }

  private static func forEachField(
    of record: NumberRecord,
    in fleet: Fleet,
    _ body: (String?) -> Void
  ) {
    let number = record.number
    for field in [number.account, number.provider, number.target, number.label] { body(field) }
    if let report = record.report {
      body(record.displayNumber)
      body(report.facts.displayNumber)
      body(report.facts.verifiedName)
      for entity in report.entities where entity.type?.value == .waba {
        body(entity.id)
        body(entity.name)
        body(entity.reference.flatMap(fleet.facts)?.name)
      }
    }
    if let cause = record.assessment.causes.first {
      for field in [cause.kind.word, cause.id, cause.code?.text, cause.text] { body(field) }
    }
  }

  /// Changes whenever the text does, and is far cheaper to make.
  static func fingerprint(of record: NumberRecord, in fleet: Fleet) -> Int {
    var hasher = Hasher()
    if let report = record.report {
      hasher.combine(report.facts.displayNumber)
      hasher.combine(report.facts.verifiedName)
      for entity in report.entities where entity.type?.value == .waba {
        hasher.combine(entity.id)
        hasher.combine(entity.name)
        hasher.combine(entity.reference.flatMap(fleet.facts)?.name)
      }
    }
    if let cause = record.assessment.causes.first {
      hasher.combine(cause.kind)
      hasher.combine(cause.id)
      hasher.combine(cause.code)
      hasher.combine(cause.text)
    }
    return hasher.finalize()
  }
}

extension [UInt8] {
  /// Byte for byte, which for UTF-8 is letter for letter.
  fileprivate func contains(sequence needle: [UInt8]) -> Bool {
    guard let first = needle.first else { return true }
    guard count >= needle.count else { return false }
    return withUnsafeBufferPointer { hay in
      needle.withUnsafeBufferPointer { needle in
        for start in 0...(hay.count - needle.count) where hay[start] == first {
          var length = 1
          while length < needle.count, hay[start + length] == needle[length] { length += 1 }
          if length == needle.count { return true }
        }
        return false
      }
    }
  }
}
