package import Monitor
package import Providers

/// A receiver of alerts: an Alertmanager, an address that gets JSON, or a program.
package struct ConfiguredReceiver: Sendable {
  package enum Target: Hashable, Sendable {
    /// Base addresses; each is told by itself.
    case alertmanager([String])
    /// May contain a secret, as those of chats do: only its host is shown.
    case webhook(String)
    case program([String])
  }

  package struct Header: Hashable, Sendable {
    package let name: String
    package internal(set) var value: Secret
  }

  package enum Authorization: Hashable, Sendable {
    case bearer(Secret)
    case basic(name: String, password: Secret)
  }

  package let name: String
  package let target: Target
  /// Which numbers it is for.
  package let filter: Filter
  /// The words of what it is told; nil is the standard.
  package let events: [String]?
  package let timeout: Duration
  package internal(set) var headers: [Header] = []
  package internal(set) var authorization: Authorization?
  /// With which notices are signed.
  package internal(set) var signingSecret: Secret?
  package internal(set) var caFile: String?
  /// Secrets that have to be fetched before it can be told anything.
  var pendingSecrets: [PendingSecret] = []

  package init(
    name: String,
    target: Target,
    filter: Filter = Filter(),
    events: [String]? = nil,
    timeout: Duration = .seconds(10)
  ) {
    self.name = name
    self.target = target
    self.filter = filter
    self.events = events
    self.timeout = timeout
  }
}

extension ConfiguredReceiver: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.target == right.target && left.filter == right.filter
      && left.events == right.events && left.timeout == right.timeout
      && left.headers == right.headers && left.authorization == right.authorization
      && left.signingSecret == right.signingSecret && left.caFile == right.caFile
  }
}

extension ConfiguredReceiver {
  /// The receiver with the secrets that programs print, and the faults of those that could not be had.
  package func fetchingSecrets(
    with cache: SecretCache = SecretCache()
  ) async -> (receiver: Self, mistakes: [ConfigurationRemark]) {
    var receiver = self
    var mistakes: [ConfigurationRemark] = []
    for pending in pendingSecrets {
      let output = await cache.output(of: pending.command)
      do throws(ConfigurationRemark) {
        receiver.fill(pending, with: try pending.secret(from: output))
        if let bytes = try? output.get() { await cache.keep(bytes, of: pending.command) }
      } catch {
        mistakes.append(error)
      }
    }
    return (receiver, mistakes)
  }

  private mutating func fill(_ pending: PendingSecret, with secret: Secret) {
    func filled(_ value: Secret) -> Secret { value == pending.placeholder ? secret : value }
    headers = headers.map { Header(name: $0.name, value: filled($0.value)) }
    signingSecret = signingSecret.map(filled)
    switch authorization {
    case .bearer(let token): authorization = .bearer(filled(token))
    case .basic(let name, let password):
      authorization = .basic(name: name, password: filled(password))
    case nil: break
    }
    pendingSecrets.removeAll { $0.placeholder == pending.placeholder }
  }
}

extension Configuration {
  /// Fetches the secrets of receivers that programs print.
  ///
  /// - Returns: The faults of those that could not be had.
  package mutating func fetchReceiverSecrets(
    with cache: SecretCache = SecretCache()
  ) async -> [ConfigurationRemark] {
    var mistakes: [ConfigurationRemark] = []
    for place in receivers.indices {
      let fetched = await receivers[place].fetchingSecrets(with: cache)
      receivers[place] = fetched.receiver
      mistakes += fetched.mistakes
    }
    return mistakes
  }
}

/// What the dashboard does with the terminal besides drawing.
package struct LocalSignals: Hashable, Sendable {
  /// Whether the bell rings for a new blocked number; nil is only on the wall.
  package var bell: Bool?
  /// Whether the terminal shows a notification for it.
  package var notifies = false
  package var showsTitle = true

  package init(bell: Bool? = nil, notifies: Bool = false, showsTitle: Bool = true) {
    self.bell = bell
    self.notifies = notifies
    self.showsTitle = showsTitle
  }
}
