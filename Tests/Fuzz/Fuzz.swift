import Foundation
import TestSupport

/// How the fuzzers run: from a seed, for so long.
///
/// By itself a run is short and always the same, for CI. For a long one:
///
///     WABATOP_FUZZ_SECONDS=600 WABATOP_FUZZ_SEED=7 swift test --filter FuzzTests
enum Fuzz {
  static let seed = variable("WABATOP_FUZZ_SEED") ?? 1
  private static let seconds = variable("WABATOP_FUZZ_SECONDS")
  /// Rounds of a run without a time of its own: the same on every machine.
  private static let standardRounds = 400

  /// Runs a body again and again, each time with a generator of its own, whose seed belongs into what a
  /// failure says.
  static func run(_ body: (inout SeededGenerator, UInt64) async throws -> Void) async rethrows {
    let end = seconds.map { ContinuousClock.now + .seconds(Int($0)) }
    var round: UInt64 = 0
    while end.map({ ContinuousClock.now < $0 }) ?? (round < standardRounds) {
      var generator = SeededGenerator(seed: seed &* 1_000_003 &+ round)
      try await body(&generator, seed &* 1_000_003 &+ round)
      round += 1
    }
  }

  private static func variable(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }
}

extension [UInt8] {
  /// Some bytes are others now, gone, twice there, or moved.
  func mutated(using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let end = Swift.min(bytes.count, place + Int.random(in: 1...12, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.insert(contentsOf: Self.evil(using: &generator), at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }

  private static func evil(using generator: inout SeededGenerator) -> [UInt8] {
    let texts = [
      "\u{1B}[31m", "\u{0}", "\u{202E}", "\u{FEFF}", "\\u0000", "\\ud800", "1e300", "-1", "[[[[",
      "}}}}",
      "null", "\"", "&a *a", "<<:", "!!binary", "\t", "\r\n", "%", "é", "日本", "👩‍👩‍👧",
    ]
    return Array((texts.randomElement(using: &generator) ?? "").utf8)
  }
}
