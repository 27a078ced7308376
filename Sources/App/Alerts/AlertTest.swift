import Alerts
import Canvas
import Configuration
import Health
import Monitor
import Providers
import Transport

/// Tries a receiver.
struct AlertTest {
  /// What came of it at one address.
  struct Answer: Equatable {
    let place: String
    /// Nil where it was accepted.
    let failure: String?

    var line: String { "\(place.sanitized): \((failure ?? "accepted").sanitized)" }
  }

  private let wiring: Wiring
  private let environment: ProcessEnvironment

  init(_ wiring: Wiring, _ environment: ProcessEnvironment) {
    (self.wiring, self.environment) = (wiring, environment)
  }

  /// - Throws: `CommandFailure` where there is no such receiver, or `ConfigurationError` where a
  ///   program prints no secret.
  func run(_ name: String, of receivers: [ConfiguredReceiver]) async throws -> [Answer] {
    guard let configured = receivers.first(where: { $0.name == name }) else {
      let names = receivers.map(\.name)
      let known =
        names.isEmpty
        ? "; the configuration has no receivers, under the key alerts"
        : "; there are \(names.joined(separator: ", "))"
      let near = NearestName.suggestion(for: name, among: names)
      throw CommandFailure("there is no receiver \"\(name)\"\(near.isEmpty ? known : near)")
    }
    let (complete, mistakes) = await configured.fetchingSecrets()
    guard mistakes.isEmpty else { throw ConfigurationError(mistakes: mistakes) }
    let transport = Wiring.transport()
    defer { transport.shutdown() }
    let receiver = Wiring.receiver(complete, over: transport, in: environment)
    return await receiver.test(at: wiring.time.now.date)
      .map { Answer(place: $0.place, failure: $0.reception.failure) }
  }
}
