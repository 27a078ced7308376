/// The world as it is at one time: what the endpoints answer from.
struct Scene {
  let world: Simulation
  let state: SimulatedState
  /// Seconds since 1970, for the timestamps in answers.
  let clock: Int

  func change(of number: Int) -> NumberChange { state.numbers[number] ?? NumberChange() }

  func name(of number: Int) -> String {
    change(of: number).entity.name ?? world.numbers[number].name
  }

  func quality(of number: Int) -> String { change(of: number).quality ?? "GREEN" }

  func status(of number: Int) -> String { change(of: number).status ?? "CONNECTED" }

  func nameStatus(of number: Int) -> String { change(of: number).nameStatus ?? "APPROVED" }

  func limit(of number: Int) -> String { change(of: number).limit ?? world.numbers[number].limit }

  func throughput(of number: Int) -> String {
    change(of: number).throughput ?? world.numbers[number].throughput
  }

  func status(ofTemplate template: Int) -> String {
    state.templates[template]?.status ?? world.templates[template].status
  }

  /// `2026-11-21T14:32:07Z`.
  var timestamp: String { Timestamp.text(of: clock) }
}

/// ISO 8601 in UTC, without a formatter.
enum Timestamp {
  static func text(of seconds: Int) -> String {
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let date = civil(days)
    let time = "\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))"
    return "\(date.year)-\(padded(date.month))-\(padded(date.day))T\(time)Z"
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// Days since 1970 to a date of the Gregorian calendar, counting years from March.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
