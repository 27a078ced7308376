import Foundation
import Monitor
import Testing

@testable import Screens

@Suite struct AgeTests {
  @Test(arguments: [
    (8, "≥0s", ">=0s"), (42, "≥40s", ">=40s"), (185, "≥3m", ">=3m"), (8040, "≥2h14m", ">=2h"),
    (68_400, "≥19h", ">=19h"), (532_800, "≥6d4h", ">=6d4h"), (851_000, "≥9d20h", ">=9d"),
    (3_542_400, "≥41d", ">=41d"),
  ])
  func `a lower bound is one in ASCII too, and is as short`(
    seconds: Int,
    unicode: String,
    ascii: String
  ) {
    #expect(Marks.unicode.age(.seconds(seconds), isLowerBound: true) == unicode)
    #expect(Marks.ascii.age(.seconds(seconds), isLowerBound: true) == ascii)
    #expect(unicode.count <= 6 && ascii.count <= 6)
  }

  @Test(arguments: [
    (-5, "0s"), (0, "0s"), (42, "42s"), (59, "59s"), (60, "1m00s"), (185, "3m05s"), (599, "9m59s"),
    (600, "10m"), (2820, "47m"), (3599, "59m"), (3600, "1h00m"), (15_120, "4h12m"),
    (35_999, "9h59m"), (36_000, "10h"), (68_400, "19h"), (86_399, "23h"), (86_400, "1d0h"),
    (532_800, "6d4h"), (863_999, "9d23h"), (864_000, "10d"), (3_542_400, "41d"),
    (86_400_000, "1000d"),
  ])
  func `an age is coarse and short`(seconds: Int, text: String) {
    #expect(Age(.seconds(seconds)).text == text)
    #expect(text.count <= 6)
  }

  @Test(arguments: [
    (0, "0s"), (9, "0s"), (10, "10s"), (59, "50s"), (60, "1m"), (185, "3m"), (599, "9m"),
    (600, "10m"), (3599, "59m"), (3660, "1h01m"), (36_000, "10h"),
  ])
  func `what is at least so old is rounded down`(seconds: Int, text: String) {
    #expect(Age(.seconds(seconds), rounding: .down).text == text)
  }

  @Test(arguments: [
    (0, "0s"), (9, "9s"), (10, "10s"), (11, "15s"), (15, "15s"), (16, "20s"), (56, "1m00s"),
    (60, "1m00s"), (61, "1m15s"), (586, "10m"), (596, "10m"), (600, "10m"), (3599, "59m"),
  ])
  func `what must not look younger is rounded up`(seconds: Int, text: String) {
    #expect(Age(.seconds(seconds), rounding: .up).text == text)
  }

  @Test(
    arguments: [
      0, 1, 10, 11, 15, 59, 60, 61, 75, 585, 599, 600, 3599, 3600, 35_999, 36_000, 86_400, 863_999,
      864_000,
    ],
    [Age.Rounding.none, .down, .up]
  )
  func `the text stays until it is said to change, and changes then`(
    seconds: Int,
    rounding: Age.Rounding
  ) {
    let age = Age(.milliseconds(seconds * 1000 + 250), rounding: rounding)
    let change = age.duration + age.untilNextText
    #expect(Age(change - .milliseconds(1), rounding: rounding).text == age.text)
    // Rounded up, the last five seconds before ten minutes are called so already.
    if age.text == "10m", rounding == .up { return }
    #expect(Age(change, rounding: rounding).text != age.text)
  }

  @Test(arguments: [1, 11, 16, 59, 60, 3600, 36_000, 864_000], [Age.Rounding.none, .down, .up])
  func `a countdown changes when it is said to`(seconds: Int, rounding: Age.Rounding) {
    let wait = Age(.milliseconds(seconds * 1000 + 250), rounding: rounding)
    if wait.text == "0s" { return }
    let left = wait.duration - wait.untilPreviousText
    #expect(Age(left + .milliseconds(1), rounding: rounding).text == wait.text)
    #expect(Age(left, rounding: rounding).text != wait.text)
  }

  @Test(arguments: [
    (0.0, "1970-01-01 00:00:00 UTC"), (951_827_696, "2000-02-29 12:34:56 UTC"),
    (1_795_271_527, "2026-11-21 14:32:07 UTC"), (-1, "1969-12-31 23:59:59 UTC"),
    (4_102_444_799.9, "2099-12-31 23:59:59 UTC"),
  ])
  func `a date is written without a formatter`(seconds: Double, text: String) {
    #expect(UTCTime(Date(timeIntervalSince1970: seconds)).text == text)
  }
}
