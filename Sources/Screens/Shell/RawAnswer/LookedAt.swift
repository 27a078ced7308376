package import Health

/// The numbers whose answers were looked at last: theirs are kept even while they are fine.
package struct LookedAt: Equatable, Sendable {
  static let most = 200

  /// In which order: the latest has the highest figure.
  private var looks: [PhoneNumber.ID: Int] = [:]
  private var next = 0

  package var numbers: Set<PhoneNumber.ID> { Set(looks.keys) }

  mutating func insert(_ id: PhoneNumber.ID) {
    next += 1
    looks[id] = next
    guard looks.count > Self.most, let longestAgo = looks.min(by: { $0.value < $1.value }) else {
      return
    }
    looks[longestAgo.key] = nil
  }

  mutating func forget(where isGone: (PhoneNumber.ID) -> Bool) {
    looks = looks.filter { !isGone($0.key) }
  }
}
