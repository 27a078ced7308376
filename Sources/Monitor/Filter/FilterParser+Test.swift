import Health

// `field operator values`.
extension FilterParser {
  mutating func test(
    named name: String,
    _ range: Range<Int>,
    _ found: FilterOperator
  ) throws(FilterError) -> FilterExpression {
    let field = try Self.field(name, at: range, before: found)
    guard field.operators.contains(found) else {
      let takes = field.operators.map(\.rawValue).joined(separator: " ")
      throw FilterError(
        "\(field.rawValue) takes \(takes), not \(found.rawValue)",
        at: range.upperBound..<scanner.place
      )
    }
    switch found {
    case .has, .equals: return try oneOf(field, byPrefix: found == .has)
    case .differs: return .not(try oneOf(field, byPrefix: false))
    case .matches: return try matching(field)
    case .fails: return .not(try matching(field))
    case .less, .atMost, .greater, .atLeast: return try comparison(field, found.order ?? .less)
    }
  }

  private static func field(
    _ name: String,
    at range: Range<Int>,
    before found: FilterOperator
  ) throws(FilterError) -> FilterField {
    guard !name.isEmpty else {
      let place = range.lowerBound..<range.upperBound + found.rawValue.count
      throw FilterError("a field is missing before \(found.rawValue)", at: place)
    }
    let meant = FilterField.meant(by: name)
    if meant.count == 1 { return meant[0] }
    let names = (meant.isEmpty ? FilterField.allCases : meant).map(\.rawValue)
    guard meant.isEmpty else {
      let all = names.joined(separator: " or ")
      throw FilterError("the field \"\(name)\" could be \(all)", at: range)
    }
    let near = NearestName.of(name, among: names).map { "did you mean \"\($0)\"?" }
    let text = near ?? "put quotes around it to search for it as text"
    throw FilterError("there is no field \"\(name)\"; \(text)", at: range)
  }

  private mutating func oneOf(
    _ field: FilterField,
    byPrefix: Bool
  ) throws(FilterError) -> FilterExpression {
    let values = try values(of: field)
    switch field.kind {
    case .text:
      let words = values.flatMap { field.spellings(of: $0.text) }.map(FilterWord.init)
      let comparison: FilterTest.Comparison = byPrefix ? .begins(words) : .equals(words)
      return .field(FilterTest(field: field, comparison: comparison))
    case .words(let known):
      var names: [String] = []
      for value in values { names += try value.names(among: known, of: field, byPrefix: byPrefix) }
      guard field == .flag else {
        return .field(FilterTest(field: field, comparison: .isOne(of: names)))
      }
      return .any(names.compactMap(FilterFlag.init).map(FilterExpression.flag))
    case .limit:
      var limits: [MessagingLimit] = []
      for value in values { limits.append(try value.limit()) }
      return .field(FilterTest(field: field, comparison: .isLimit(limits)))
    case .duration: return .all([])
    }
  }

  private mutating func matching(_ field: FilterField) throws(FilterError) -> FilterExpression {
    let start = scanner.place
    let (text, places) = try scanner.pattern()
    guard !text.isEmpty else {
      throw FilterError("a regular expression is missing here", at: start..<scanner.place)
    }
    let pattern = try FilterPattern(text, at: places)
    return .field(FilterTest(field: field, comparison: .matches(pattern)))
  }

  private mutating func comparison(
    _ field: FilterField,
    _ order: FilterOrder
  ) throws(FilterError) -> FilterExpression {
    let value = try value(of: field, endingAtComma: false)
    if field.kind == .duration {
      return .field(FilterTest(field: field, comparison: .ages(order, try value.duration())))
    }
    let rank = field == .limit ? try value.limit().rank : try value.qualityRank()
    guard let rank else {
      throw FilterError("\"\(value.text)\" has no order: use : or = here", at: value.range)
    }
    return .field(FilterTest(field: field, comparison: .ranks(order, rank)))
  }

  private mutating func values(of field: FilterField) throws(FilterError) -> [FilterValue] {
    var values = [try value(of: field, endingAtComma: true)]
    while scanner.skip(",") { values.append(try value(of: field, endingAtComma: true)) }
    return values
  }

  private mutating func value(
    of field: FilterField,
    endingAtComma: Bool
  ) throws(FilterError) -> FilterValue {
    let start = scanner.place
    let text = try scanner.text(endingAtComma: endingAtComma)
    let range = start..<scanner.place
    guard text.isEmpty else { return FilterValue(text: text, range: range) }
    let example = field.examples.map { ": \($0)" } ?? ""
    throw FilterError("\(field.rawValue) needs a value here\(example)", at: range)
  }
}

extension FilterField {
  /// The possible values, if they are few.
  fileprivate var examples: String? {
    switch kind {
    case .text: nil
    case .words(let words): words.map(\.name).joined(separator: ", ")
    case .limit: "250, 1K, 100000, unlimited"
    case .duration: "30s, 10m, 1h30m, 2d"
    }
  }

  /// A phone number may be written with or without punctuation.
  fileprivate func spellings(of text: String) -> [String] {
    let compact = NumberRecord.compact(text)
    return self == .number && compact != text ? [text, compact] : [text]
  }
}
