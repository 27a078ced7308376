import Monitor
import Providers
import YAML

/// Receivers of alerts, and what the terminal signals.
extension ConfigurationReader {
  static let signalKeys = ["bell", "notify", "title"]

  private static let kinds = ["alertmanager", "webhook", "on_event"]
  private static let connectionKeys = ["headers", "ca_file", "allow_insecure_http"]
  private static let timeouts = Duration.seconds(1) ... .seconds(60)
  /// The same words as those of the JSON.
  static let events = [
    "incident_started", "incident_changed", "incident_resolved", "flapping_started",
    "flapping_ended", "acknowledged", "unacknowledged",
  ]

  mutating func signals(of top: ConfigurationSection) -> LocalSignals {
    func isOn(_ word: String?) -> Bool? { word.map { $0 == "on" } }
    var signals = LocalSignals()
    signals.bell = isOn(choice(top["bell"], of: top, among: ["on", "off"]))
    signals.notifies = isOn(choice(top["notify"], of: top, among: ["on", "off"])) ?? false
    signals.showsTitle = isOn(choice(top["title"], of: top, among: ["on", "off"])) ?? true
    return signals
  }

  mutating func receivers(of top: ConfigurationSection) -> [ConfiguredReceiver] {
    guard let entry = top["alerts"],
      let list = items(entry, of: top, expected: "a list of receivers")
    else { return [] }
    var names: Set<String> = []
    return list.enumerated().compactMap { index, node in
      let named = node.mapping?.first { $0.key.scalar == "name" }?.value.text
      let path = "alerts.\(named.flatMap { $0.isVisible ? $0 : nil } ?? String(index + 1))"
      guard
        let section = section(node, path: path, expected: "a mapping with name and a receiver")
      else { return nil }
      if let named, !names.insert(named).inserted {
        mistake(
          "name: another receiver is named \"\(named)\" already; names are unique",
          at: section["name"]?.value.mark
        )
      }
      return receiver(section)
    }
  }

  private mutating func receiver(_ section: ConfigurationSection) -> ConfiguredReceiver? {
    pendingSecrets = []
    rejectUnknownKeys(of: section, known: ["name", "when", "events", "timeout"] + Self.kinds)
    let name = required("name", of: section, expected: "a name for the receiver")
    let filter = filter(section)
    let events = events(section)
    let timeout = duration(section["timeout"], of: section, in: Self.timeouts) ?? .seconds(10)
    let written = Self.kinds.compactMap { section[$0] }
    guard let entry = written.first, written.count == 1 else {
      let found = written.isEmpty ? "" : ", not several"
      mistake(
        "\(section.path): expected one of \(Self.list(Self.kinds))\(found)",
        at: written.last?.keyMark ?? section.mark
      )
      return nil
    }
    func receiver(_ target: ConfiguredReceiver.Target) -> ConfiguredReceiver {
      ConfiguredReceiver(
        name: name ?? "",
        target: target,
        filter: filter,
        events: events,
        timeout: timeout
      )
    }
    switch entry.key {
    case "alertmanager":
      if let entry = section["events"] {
        mistake(
          "\(section.path(of: entry.key)): an Alertmanager is told what lasts and what is over",
          at: entry.keyMark
        )
      }
      return alertmanager(entry, of: section, receiver)
    case "webhook": return webhook(entry, of: section, receiver)
    default: return program(entry, of: section).map { receiver(.program($0)) }
    }
  }

  private mutating func filter(_ section: ConfigurationSection) -> Filter {
    guard let entry = section["when"],
      let text = text(entry, of: section, expected: "a filter, such as status:blocked")
    else { return Filter() }
    do throws(FilterError) {
      return try Filter(text)
    } catch {
      mistake("\(section.path(of: entry.key)): \(error.message)", at: entry.value.mark)
      return Filter()
    }
  }

  private mutating func events(_ section: ConfigurationSection) -> [String]? {
    guard let entry = section["events"],
      let list = items(entry, of: section, expected: "a list of events")
    else { return nil }
    return list.compactMap { node in
      let item = ConfigurationSection.Entry(key: entry.key, keyMark: entry.keyMark, value: node)
      return choice(item, of: section, among: Self.events)
    }
  }

  private mutating func program(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection
  ) -> [String]? {
    let arguments = entry.value.sequence?.compactMap(\.text) ?? []
    guard let program = arguments.first, arguments.count == entry.value.sequence?.count,
      !program.isEmpty
    else {
      mistake(
        "\(section.path(of: entry.key)): expected a program and its arguments as a list, such as"
          + " [/usr/local/bin/page, --json]",
        at: entry.value.mark
      )
      return nil
    }
    return [environment.expandingTilde(program)] + arguments.dropFirst()
  }
}

// Receivers over HTTP.
extension ConfigurationReader {
  private mutating func alertmanager(
    _ entry: ConfigurationSection.Entry,
    of parent: ConfigurationSection,
    _ make: (ConfiguredReceiver.Target) -> ConfiguredReceiver
  ) -> ConfiguredReceiver? {
    let path = parent.path(of: entry.key)
    guard let section = section(entry.value, path: path, expected: "{ urls: [ … ] }") else {
      return nil
    }
    let keys = Self.connectionKeys + Self.secretNames("bearer_token")
    rejectUnknownKeys(of: section, known: ["urls", "basic_auth"] + keys)
    let headers = headers(section)
    let authorization = authorization(section)
    guard let urls = section["urls"] else {
      mistake("\(path): urls is missing: expected a list of addresses", at: section.mark)
      return nil
    }
    guard let list = items(urls, of: section, expected: "a list of addresses") else { return nil }
    let isSecret = !headers.isEmpty || authorization != nil
    var known: Set<String> = []
    let addresses = list.compactMap { node -> String? in
      let item = ConfigurationSection.Entry(key: "urls", keyMark: urls.keyMark, value: node)
      guard let url = address(item, of: section, sendsSecret: isSecret, allowsQuery: false) else {
        return nil
      }
      guard known.insert(url).inserted else {
        mistake("\(section.path(of: "urls")): an address is listed twice", at: node.mark)
        return nil
      }
      return url
    }
    var receiver = make(.alertmanager(addresses))
    receiver.authorization = authorization
    complete(&receiver, headers, section)
    return receiver
  }

  private mutating func webhook(
    _ entry: ConfigurationSection.Entry,
    of parent: ConfigurationSection,
    _ make: (ConfiguredReceiver.Target) -> ConfiguredReceiver
  ) -> ConfiguredReceiver? {
    let path = parent.path(of: entry.key)
    guard let section = section(entry.value, path: path, expected: "{ url: https://… }") else {
      return nil
    }
    let keys = Self.connectionKeys + Self.secretNames("secret")
    rejectUnknownKeys(of: section, known: ["url"] + keys)
    let headers = headers(section)
    let secret = secret("secret", of: section)
    guard let url = section["url"] else {
      mistake("\(path): url is missing: expected an address", at: section.mark)
      return nil
    }
    guard
      let text = address(url, of: section, sendsSecret: !headers.isEmpty, allowsQuery: true)
    else { return nil }
    var receiver = make(.webhook(text))
    receiver.signingSecret = secret
    complete(&receiver, headers, section)
    return receiver
  }

  private mutating func complete(
    _ receiver: inout ConfiguredReceiver,
    _ headers: [ConfiguredReceiver.Header],
    _ section: ConfigurationSection
  ) {
    receiver.headers = headers
    receiver.caFile = path(section["ca_file"], of: section)
    receiver.pendingSecrets = pendingSecrets
  }

  private mutating func headers(
    _ section: ConfigurationSection
  ) -> [ConfiguredReceiver.Header] {
    guard let entry = section["headers"] else { return [] }
    let expected = "a list of headers, each { name: …, value: … }"
    guard let items = items(entry, of: section, expected: expected) else { return [] }
    let path = section.path(of: entry.key)
    return items.compactMap { node in
      guard let section = self.section(node, path: path, expected: "{ name: …, value: … }") else {
        return nil
      }
      return header(in: section)
        .map { ConfiguredReceiver.Header(name: $0.name, value: $0.value) }
    }
  }

  private mutating func authorization(
    _ section: ConfigurationSection
  ) -> ConfiguredReceiver.Authorization? {
    let token = secret("bearer_token", of: section)
    guard let entry = section["basic_auth"] else { return token.map { .bearer($0) } }
    if token != nil {
      mistake("\(section.path): expected bearer_token or basic_auth, not both", at: entry.keyMark)
    }
    let path = section.path(of: entry.key)
    let expected = "{ username: …, password: … }"
    guard let section = self.section(entry.value, path: path, expected: expected) else {
      return nil
    }
    rejectUnknownKeys(of: section, known: ["username"] + Self.secretNames("password"))
    let name = required("username", of: section, expected: "a user name")
    let password = requiredSecret("password", of: section)
    guard let name, let password else { return nil }
    return .basic(name: name, password: password)
  }

  /// An address as it is written; plain http is allowed unless it would show a secret to others.
  private mutating func address(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    sendsSecret: Bool,
    allowsQuery: Bool
  ) -> String? {
    let allowsInsecure = flag(section["allow_insecure_http"], of: section) ?? false
    let expected = "a URL that begins with https:// or http://"
    guard let written = text(entry, of: section, expected: expected),
      let text = expanded(written, of: entry, in: section)
    else { return nil }
    let base = allowsQuery ? String(text.prefix { $0 != "?" }) : text
    switch ScalarForms.baseURL(base, allowsInsecure: allowsInsecure || !sendsSecret) {
    case .success(let url): return allowsQuery ? text : url
    case .failure(let fault):
      mistake(
        "\(section.path(of: entry.key)): \(Self.words(for: fault, expected))",
        at: entry.value.mark
      )
      return nil
    }
  }
}
