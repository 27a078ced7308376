import Health
import Polling
import Testing

struct PaceTests {
  private func pace(
    perMinute: Double?,
    numbers: Double,
    inTrouble: Double = 0,
    facts: Double = 0
  ) -> Pace {
    Pace(
      refresh: .seconds(60),
      factsInterval: .seconds(600),
      perMinute: perMinute,
      healthCost: numbers,
      troubleCost: inTrouble,
      factsCost: facts
    )
  }

  @Test(arguments: [nil, 100, 6000] as [Double?])
  func `with budget to spare, a reading stays younger than refresh`(perMinute: Double?) {
    let pace = pace(perMinute: perMinute, numbers: 20, inTrouble: 5, facts: 10)
    #expect(pace.period == .seconds(54))
    #expect(pace.troublePeriod == .seconds(27))
    #expect(pace.factsPeriod == .seconds(600))
    #expect(pace.hasSpare)
  }

  @Test func `a tight budget stretches the interval and leaves nothing for trouble`() {
    let pace = pace(perMinute: 60, numbers: 190, inTrouble: 50)
    #expect(abs(pace.period.seconds - 200) < 0.001)
    #expect(abs(pace.troublePeriod.seconds - 200) < 0.001)
    #expect(!pace.hasSpare)
  }

  @Test func `numbers in trouble get what there is to spare`() {
    let pace = pace(perMinute: 100, numbers: 75.5, inTrouble: 20)
    #expect(pace.period == .seconds(54))
    #expect(abs(pace.troublePeriod.seconds - 54 / 1.5) < 0.01)
  }

  @Test func `facts never take more than a quarter of the budget`() {
    let pace = pace(perMinute: 60, numbers: 60, facts: 1000)
    #expect(abs(pace.factsPeriod.seconds - 1000 / (0.95 * 0.25)) < 0.001)
    #expect(abs(pace.period.seconds - 60 / (0.95 * 0.75)) < 0.001)
  }
}

extension Duration {
  var seconds: Double { self / .seconds(1) }
}
