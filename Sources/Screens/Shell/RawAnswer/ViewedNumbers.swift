package import Health

/// The recently viewed numbers, whose answers are kept even if they are fine.
package struct ViewedNumbers: Equatable, Sendable {
  static let most = 200

  /// The order of views: the latest has the highest value.
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
