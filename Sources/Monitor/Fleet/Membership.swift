import Health

/// The numbers that hang on an entity, and how it stood in the latest of their answers.
struct Membership: Sendable {
  var places = Places()
  /// Nil where no answer lists it: the numbers are in the list of a WABA, and do not say so.
  var latest: HealthEntity?

  /// Mostly one: an entity of a number's own stands in no other answer.
  struct Places: Sendable {
    private var first: Int?
    private var others: Set<Int> = []

    var isEmpty: Bool { first == nil }
    var count: Int { first == nil ? 0 : others.count + 1 }

    /// A few of them, or all.
    func prefix(_ limit: Int) -> [Int] {
      guard let first, limit > 0 else { return [] }
      return [first] + others.prefix(limit - 1)
    }

    mutating func insert(_ place: Int) {
      if first == nil { first = place } else if first != place { others.insert(place) }
    }

    mutating func remove(_ place: Int) {
      if first == place { first = others.popFirst() } else { others.remove(place) }
    }
  }
}
