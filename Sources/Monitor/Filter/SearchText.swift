import Health

/// All texts of a number that a filter's words search, as bytes for speed.
///
/// Texts are as sent. Non-ASCII texts are there in lower case too, because only ASCII is folded
/// during comparison.
package struct SearchText: Hashable, Sendable {
  private let bytes: [UInt8]

  /// For filters without words.
  static let none = SearchText()

  private init() { bytes = [] }

  /// - Parameters:
  ///   - record: The number.
  ///   - fleet: Has the names of business accounts.
  package init(_ record: NumberRecord, in fleet: Fleet) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    Self.forEachField(of: record, in: fleet) { field in
      guard let field else { return }
      bytes.append(contentsOf: field.utf8)
      bytes.append(0x0A)
      if field.utf8.allSatisfy({ $0 < 0x80 }) { return }
      bytes.append(contentsOf: field.lowercased().utf8)
      bytes.append(0x0A)
    }
    self.bytes = bytes
  }

  /// A word with a capital letter is not searched in the lower-case texts.
  func holds(_ word: FilterWord) -> Bool {
    bytes.withUnsafeBufferPointer {
      word.caseCounts ? $0.contains(word.exact) : $0.contains(folded: word.folded)
    }
  }

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

  /// Changes whenever the text does, and is much cheaper to compute.
  package static func fingerprint(of record: NumberRecord, in fleet: Fleet) -> Int {
    var hasher = Hasher()
    hasher.combine(record.number)
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
