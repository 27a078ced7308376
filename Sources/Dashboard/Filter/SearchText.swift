import Health

/// All of a number that the plain filter looks at, kept in lower case so that typing stays quick.
struct SearchText: Hashable, Sendable {
  private let folded: [UInt8]
  /// As sent, only where it differs.
  private let exact: [UInt8]?

  init(_ record: NumberRecord, in fleet: Fleet) {
    let text = Self.fields(of: record, in: fleet).joined(separator: "\n")
    let lowered = text.lowercased()
    folded = Array(lowered.utf8)
    exact = lowered == text ? nil : Array(text.utf8)
  }

  func contains(_ filter: PlainFilter) -> Bool {
    guard folded.contains(sequence: filter.folded) else { return false }
    return !filter.caseCounts || (exact ?? folded).contains(sequence: Array(filter.text.utf8))
  }

  private static func fields(of record: NumberRecord, in fleet: Fleet) -> [String] {
    var fields = [record.displayNumber, record.number.account, record.number.provider]
    fields += [record.number.target, record.number.label, record.name].compactMap(\.self)
    if let report = record.report {
      if let sent = report.facts.displayNumber { fields.append(sent) }
      for entity in report.entities where entity.type?.value == .waba {
        fields += [entity.id, entity.name].compactMap(\.self)
        if let name = entity.reference.flatMap(fleet.facts)?.name { fields.append(name) }
      }
    }
    if let cause = record.assessment.causes.first {
      fields += [cause.kind.word, cause.id, cause.code?.text, cause.text].compactMap(\.self)
    }
    return fields
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
