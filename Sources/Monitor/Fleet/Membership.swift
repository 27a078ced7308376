import Health

/// The numbers that depend on an entity, and the entity in the latest of their answers.
struct Membership: Sendable {
  var places = Places()
  /// Nil if no answer lists it: its numbers are known from a WABA's list only.
  var latest: HealthEntity?

  /// Usually one: a number's own entity is in no other answer.
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
