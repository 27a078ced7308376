import Health

import struct FoundationEssentials.Date

extension StatedTime {
  /// A date if it is one, otherwise the provider's text.
  init(_ text: String) { self = ProviderTime(text).map { .date($0.date) } ?? .words(text) }
}

/// A time in a provider's body, in any of the forms that providers use.
///
/// ISO 8601 with `Z`, with milliseconds, with `+0000` and `+00:00`; `2025-01-15 10:30:00 UTC`;
/// seconds or milliseconds since 1970. Without a zone it is UTC. Anything else is nil, and shown as
/// sent.
struct ProviderTime {
  let date: Date

  init?(_ text: String) {
    if !text.utf8.contains(UInt8(ascii: "T")), let number = Double(text) {
      // Seconds reach this value in the year 5138, milliseconds did in 1973.
      self.init(seconds: number < 100_000_000_000 ? number : number / 1_000)
      return
    }
    var reader = Reader(rest: text.utf8[...])
    guard let year = reader.number(digits: 4), reader.skip("-"),
      let month = reader.number(digits: 2), (1...12).contains(month), reader.skip("-"),
      let day = reader.number(digits: 2), (1...31).contains(day),
      reader.skip("T") || reader.skip(" "),
      let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
      let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
      let second = reader.number(digits: 2), second <= 60
    else { return nil }
    let fraction = reader.skip(".") ? reader.fraction() : 0
    guard let offset = reader.zone() else { return nil }
    let days = HTTPDate.daysSince1970(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
    self.init(seconds: Double(seconds) + fraction)
  }

  /// Nil outside a range of plausible years, since any number may be sent.
  private init?(seconds: Double) {
    guard Self.years.contains(seconds) else { return nil }
    date = Date(timeIntervalSince1970: seconds)
  }

  /// From 1970 to the end of 9999.
  private static let years = 1..<253_402_300_800.0

  private struct Reader {
    var rest: Substring.UTF8View

    mutating func number(digits: Int) -> Int? {
      var ahead = rest
      var number = 0
      for _ in 0..<digits {
        guard let digit = ahead.popFirst(),
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
        else { return nil }
        number = number * 10 + Int(digit - UInt8(ascii: "0"))
      }
      rest = ahead
      return number
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }

    mutating func fraction() -> Double {
      var value = 0.0
      var unit = 0.1
      while let digit = number(digits: 1) {
        value += Double(digit) * unit
        unit /= 10
      }
      return value
    }

    /// Seconds east of UTC; nil if it is not a zone.
    mutating func zone() -> Int? {
      if rest.isEmpty || rest.elementsEqual("Z".utf8) { return 0 }
      let word = String(decoding: rest, as: UTF8.self).uppercased()
      if ["", "Z", " UTC", " GMT", "UTC"].contains(word) { return 0 }
      _ = skip(" ")
      let sign = skip("+") ? 1 : skip("-") ? -1 : 0
      guard sign != 0, let hours = number(digits: 2) else { return nil }
      _ = skip(":")
      return sign * (hours * 3_600 + (number(digits: 2) ?? 0) * 60)
    }
  }
}
