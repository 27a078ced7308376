import Health

/// All texts of a number that a filter's words search, as bytes for speed.
///
/// Texts are as sent. Non-ASCII texts are there in lower case too, because only ASCII is folded
/// during comparison. Each stands behind a mark, a control character: so a field's texts are found
/// without the number's report, which is in many places of the memory.
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
    Self.forEachText(of: record, in: fleet) { field, text in
      guard let text else { return }
      let mark = field?.mark ?? Self.otherMark
      bytes.append(mark)
      bytes.append(contentsOf: text.utf8)
      if text.utf8.allSatisfy({ $0 < 0x80 }) { return }
      bytes.append(mark)
      bytes.append(contentsOf: text.lowercased().utf8)
    }
    self.bytes = bytes
  }

  /// A word with a capital letter is not searched in the lower-case texts.
  func holds(_ word: FilterWord) -> Bool {
    bytes.withUnsafeBufferPointer {
      word.caseCounts ? $0.contains(word.exact) : $0.contains(folded: word.folded)
    }
  }

  /// The mark of a field's texts; nil if they are not all here.
  func mark(of field: FilterField) -> UInt8? { bytes.isEmpty ? nil : field.mark }

  /// Ignores case.
  func hasText(beginningWith word: FilterWord, behind mark: UInt8) -> Bool {
    bytes.withUnsafeBufferPointer { $0.contains(folded: word.folded, behind: mark) { _ in true } }
  }

  /// Ignores case.
  func hasText(equalTo word: FilterWord, behind mark: UInt8) -> Bool {
    bytes.withUnsafeBufferPointer {
      $0.contains(folded: word.folded, behind: mark) { $0.map { $0 <= Self.otherMark } ?? true }
    }
  }

  /// The greatest.
  private static let otherMark: UInt8 = 7

  private static func forEachText(
    of record: NumberRecord,
    in fleet: Fleet,
    _ body: (FilterField?, String?) -> Void
  ) {
    let number = record.number
    body(.account, number.account)
    body(.provider, number.provider)
    body(nil, number.target)
    body(.label, number.label)
    body(.number, record.displayNumber)
    if let report = record.report {
      body(.number, report.facts.displayNumber)
      body(.name, report.facts.verifiedName)
      for entity in report.entities where entity.type?.value == .waba {
        body(.waba, entity.id)
        body(.waba, entity.name)
        body(.waba, entity.reference.flatMap(fleet.facts)?.name)
      }
    }
    if let cause = record.assessment.causes.first {
      for text in [cause.kind.word, cause.id, cause.code?.text, cause.text] { body(nil, text) }
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

extension FilterField {
  fileprivate var mark: UInt8? {
    switch self {
    case .account: 1
    case .provider: 2
    case .label: 3
    case .number: 4
    case .name: 5
    case .waba: 6
    default: nil
    }
  }
}
