import Providers
import YAML

/// Receivers over HTTP.
extension ConfigurationReader {
  private static let connectionKeys = ["headers", "ca_file", "allow_insecure_http"]

  mutating func alertmanager(
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

  mutating func webhook(
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
