extension Scenario {
  /// Healthy accounts, and one account where every second number's answer breaks HTTP.
  ///
  /// A separate scenario, because a client that can't handle one of these loses more than one row.
  package static func wire(numbers: Int = 60, seed: UInt64 = 1) -> Scenario {
    var scenario = standard(numbers: max(numbers, 1), seed: seed)
    scenario.name = "wire"
    scenario.accounts.append(
      Account(name: "wire", provider: .kapso, count: wireFaults.count * 2)
    )
    scenario.events = wireFaults.enumerated().map { place, fault in
      let number = Scope(account: "wire", number: String(place * 2 + 1))
      return Event(on: number, fault: fault, part: .health)
    }
    return scenario
  }

  /// In the order of the numbers that get them.
  package static let wireFaults: [Fault] = [
    .statusLine("HTTP/1.1 000 Odd"), .statusLine("HTTP/1.1 99999 Odd"),
    .statusLine("HTTP/1.1 200"), .statusLine("HTTP/9.9 200 OK"), .statusLine("HTTP/1.1 abc"),
    .statusLine("HTTP/1.1 -1 Odd"), .extraAnswer, .lengthOff(by: -40), .lengthOff(by: 40),
    .twoLengths, .resetDuring(.head), .resetDuring(.afterHead), .resetDuring(.body),
    .idleClose(after: .milliseconds(5)), .idleClose(after: .zero),
    .greeting("220 mail.example.com ESMTP"), .hugeHead, .endlessHead,
    .dripHead(.milliseconds(200)), .interim(status: 100), .interim(status: 103), .badChunk,
    .gzipCut, .encoding("br"),
  ]
}
