/// A day of UTC, which has no summer time: as many milliseconds as any other.
struct Day: Comparable {
  static let length = 86_400_000

  /// Since 1970.
  let number: Int

  init(number: Int) { self.number = number }

  init(of moment: Int) {
    number = moment >= 0 ? moment / Self.length : (moment + 1) / Self.length - 1
  }

  var start: Int { number * Self.length }
  var end: Int { start + Self.length }
  var next: Day { Day(number: number + 1) }

  static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
