import Foundation
import TestSupport
import Testing

@testable import Monitor

/// A short run by itself, and a long one when asked for.
///
///     WABATOP_MODEL_STEPS=1000000 WABATOP_MODEL_SEED=7 swift test --filter ModelCheckTests
@Suite struct ModelCheckTests {
  private static let steps = variable("WABATOP_MODEL_STEPS") ?? 2000
  private static let seed = UInt64(variable("WABATOP_MODEL_SEED") ?? 1)
  /// Then the next run begins anew, with another seed.
  private static let stepsOfRun = 500

  private static func variable(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test func `whatever happens, the monitor says what a look at everything says`() {
    check(steps: Self.steps) { ModelCheck(seed: $0) }
  }

  @Test func `whatever operators say meanwhile, it covers what it should and ends when it should`()
  {
    check(steps: max(Self.steps / 4, Self.stepsOfRun)) { ModelCheck(seed: $0, withOperators: true) }
  }

  private func check(steps: Int, _ start: (UInt64) -> ModelCheck) {
    for run in 0..<max(steps / Self.stepsOfRun, 1) {
      let seed = Self.seed &* 1_000_003 &+ UInt64(run)
      var check = start(seed)
      while check.steps < Self.stepsOfRun {
        check.step()
        if let mistake = check.mistake {
          Issue.record("seed \(seed), step \(check.steps): \(mistake)")
          return
        }
      }
    }
  }
}
