package import FoundationEssentials
import Health
import History
import Monitor

extension Receiver {
  /// Tells it something that is marked as a test, at each of its addresses.
  ///
  /// An Alertmanager forgets it by itself after a minute.
  package func test(at now: Date) async -> [(place: String, reception: Reception)] {
    let alert = Alert.test(of: name, at: now)
    switch kind {
    case .notices(let target, let place):
      let message = AlertMessage(
        id: Fingerprint.text(of: [name, "test", now.timestamp]),
        event: .test,
        receiver: name,
        date: now,
        alert: alert
      )
      return [(place, await target.receive(message.notice(to: name), at: now))]
    case .alerts(let targets):
      var answers: [(place: String, reception: Reception)] = []
      for (target, place) in targets {
        let brief = alert.ended(at: now.addingTimeInterval(60))
        answers.append((place, await target.receive(firing: [], resolved: [brief], at: now)))
      }
      return answers
    }
  }
}

extension Alert {
  fileprivate static func test(of receiver: String, at now: Date) -> Alert {
    Alert(
      id: "test-\(Int(now.timeIntervalSince1970))",
      fingerprint: Fingerprint.text(of: ["test", receiver]),
      name: "WabatopTest",
      severity: .warning,
      state: HealthState.available.word,
      cause: Cause(key: "test", type: "TEST", id: nil, code: nil),
      account: nil,
      provider: nil,
      summary: "A test of the receiver \(receiver): nothing is wrong",
      text: nil,
      remedy: "Nothing is to be done.",
      whoActs: nil,
      link: nil,
      count: 0,
      victims: [],
      isAcknowledged: false,
      start: now
    )
  }
}
