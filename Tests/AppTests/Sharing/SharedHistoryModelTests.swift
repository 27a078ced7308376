import Foundation
import TestSupport
import Testing

@testable import Monitor

/// Processes that come, go, stop and are reloaded over one file, at random from a seed, while numbers and
/// accounts change: nothing is remembered that never was, and all show the same.
///
/// `WABATOP_SHARING_STEPS=20000 WABATOP_SHARING_SEED=7 swift test --filter SharedHistoryModelTests` plays longer.
@Suite struct SharedHistoryModelTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed = environment["WABATOP_SHARING_SEED"].flatMap(UInt64.init) ?? 1
  private static let steps = environment["WABATOP_SHARING_STEPS"].flatMap(Int.init) ?? 300
  /// From one rest to the next.
  private static let stepsOfAct = 60

  @Test(arguments: [ConfirmationRules.immediate, ConfirmationRules()])
  func `what is remembered was so, and all processes show it alike`(
    rules: ConfirmationRules
  ) async throws {
    let play = try await SharedPlay(Self.seed, rules)
    // What follows from a first fault tells nothing.
    for _ in 0..<Self.steps / Self.stepsOfAct where !play.hasFailed {
      for _ in 0..<Self.stepsOfAct where !play.hasFailed { try await play.step() }
      try await play.rest()
    }
    if !play.hasFailed { play.checkEnd() }
  }
}
