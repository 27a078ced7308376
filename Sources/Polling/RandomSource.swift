import Synchronization

/// One generator that the accounts draw from in turn: a seed makes a whole run repeatable.
final class RandomSource: RandomNumberGenerator, Sendable {
  private let generator: Mutex<any RandomNumberGenerator & Sendable>

  init(_ generator: any RandomNumberGenerator & Sendable) {
    self.generator = Mutex(generator)
  }

  func next() -> UInt64 { generator.withLock { $0.next() } }
}
