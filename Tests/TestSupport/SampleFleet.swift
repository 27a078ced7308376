package import Health
package import Monitor

// Fleets for tests: one like the mock-ups', and ones of any size.

extension FleetUpdate {
  /// So many numbers, spread over the five accounts, fifty to a WABA, nearly all of them fine.
  ///
  /// Every hundredth hangs on a WABA without payment, every seventieth has a bad quality.
  package static func sample(numbers count: Int, at moment: Moment = .sample) -> FleetUpdate {
    FleetUpdate(
      readings: (0..<count).map { Reading.sample(numbered: $0, at: moment) },
      accounts: Account.samples.map { .sample($0, nextPoll: moment + .seconds(18)) }
    )
  }
}

extension PhoneNumber {
  package static func sample(numbered index: Int) -> PhoneNumber {
    let account = Account.samples[index / 50 % Account.samples.count]
    return .sample("10\(String(1_000_000 + index).dropFirst())", on: account)
  }
}

extension Reading {
  /// The reading of one number of a large fleet; when it `isWorse`, the number itself is limited now.
  package static func sample(
    numbered index: Int,
    at moment: Moment = .sample,
    isWorse: Bool = false
  ) -> Reading {
    let number = PhoneNumber.sample(numbered: index)
    let waba = String(20_000_000 + index / 50)
    let isUnpaid = index / 50 % 100 == 99
    let own = HealthEntity.sample(
      "PHONE_NUMBER",
      number.target,
      isWorse ? "LIMITED" : "AVAILABLE",
      infos: isWorse ? ["Your display name has not been approved yet."] : []
    )
    let report = HealthReport.sample(
      number.target ?? "",
      number: PhoneNumber.sampleText(index),
      name: "\(String.sampleNames[index % String.sampleNames.count]) \(index)",
      own: own,
      waba: .sample(
        "WABA",
        waba,
        isUnpaid ? "BLOCKED" : "AVAILABLE",
        errors: isUnpaid ? [.samplePayment] : []
      ),
      business: .sample("BUSINESS", String(30_000_000 + index / 500)),
      quality: index % 70 == 69 ? "YELLOW" : "GREEN"
    )
    return .sample(number, .success(report), at: moment)
  }
}

extension PhoneNumber {
  /// A number that nobody has: 555-0100 to 555-0199 are kept for fiction in every area code.
  package static func sampleText(_ index: Int) -> String {
    "+1 \(200 + index / 100 % 800) 555 01\(index % 100 < 10 ? "0" : "")\(index % 100)"
  }
}

extension String {
  /// Names as people choose them: several scripts, wide letters, right to left, combining marks.
  package static let sampleNames = [
    "Acme Orders", "Globex Billing", "Initech Paris", "Hooli Care", "Tyrell 東京", "Ωμέγα Αθήνα",
    "Почта Север", "مطعم دمشق", "קפה תל אביב", "बिहार सेवा", "ร้านกาแฟ", "김밥 서울", "Café Zoë",
    "🍕 Pizza 24h",
  ]
}

extension Fleet {
  package static func sample(numbers count: Int, at moment: Moment = .sample) -> Fleet {
    var fleet = Fleet()
    _ = fleet.receive(.sample(numbers: count, at: moment), at: moment)
    return fleet
  }
}
