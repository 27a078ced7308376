/// The simulated world at one time, from which the endpoints answer.
struct WorldState {
  let world: Simulation
  let state: SimulatedState
  /// Seconds since 1970, for the timestamps in answers.
  let clock: Int

  func change(of number: Int) -> NumberChange { state.numbers[number] ?? NumberChange() }

  func isGone(_ number: Int) -> Bool { state.numbers[number]?.isGone == true }

  func name(of number: Int) -> String {
    state.numbers[number]?.entity.name ?? world.numbers[number].name
  }

  func quality(of number: Int) -> String { state.numbers[number]?.quality ?? "GREEN" }

  func status(of number: Int) -> String { state.numbers[number]?.status ?? "CONNECTED" }

  func nameStatus(of number: Int) -> String { state.numbers[number]?.nameStatus ?? "APPROVED" }

  func limit(of number: Int) -> String {
    state.numbers[number]?.limit ?? world.numbers[number].limit
  }

  func throughput(of number: Int) -> String {
    state.numbers[number]?.throughput ?? world.numbers[number].throughput
  }

  func status(ofTemplate template: Int) -> String {
    state.templates[template]?.status ?? world.templates[template].status
  }

  /// `2026-11-21T14:32:07Z`.
  var timestamp: String { Timestamp.text(of: clock) }
}
