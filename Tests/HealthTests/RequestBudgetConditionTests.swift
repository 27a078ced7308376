import Foundation
import Health
import Testing

struct RequestBudgetConditionTests {
  private let start = Moment(date: Date(timeIntervalSince1970: 0), uptime: .zero)

  @Test(arguments: [
    (1.9, 1), (-1.9, -1), (0, 0), (.nan, 0), (.infinity, .max), (-.infinity, .min), (1e300, .max),
    (-1e300, .min), (0x1p63, .max), (-0x1p63, .min), (0x1p63 - 1_024, .max - 1_023),
  ])
  func `every figure has a nearest whole number`(figure: Double, number: Int) {
    #expect(Int(saturating: figure) == number)
  }

  @Test(arguments: [Double(Int.max), 0x1p63 - 1_024, 1e300, .infinity, -1, .nan])
  func `budgets without bounds can be summed and looked at`(perMinute: Double) {
    var budget = RequestBudgetCondition()
    budget.perMinute = perMinute
    (budget.used, budget.left, budget.moment) = (.max, .max, start)
    let all = (0..<3).map {
      CredentialCondition(name: "channel/\($0)", isRejected: false, budget: budget)
    }
    let sum = AccountBudget(of: all, at: start).sum
    #expect(sum.used == .max)
    #expect(sum.left == .max)
    for seconds in [0, 30, 3_600] {
      let now = start + .seconds(seconds)
      #expect((0...Int.max).contains(sum.used(at: now)))
      _ = sum.left(at: now)
    }
  }
}
