import Providers
import YAML

extension ConfigurationReader {
  /// The keys that every account may have.
  private static let commonKeys = [
    "name", "provider", "base_url", "allow_insecure_http", "refresh", "timeout",
    "requests_per_minute", "concurrency", "templates", "calling", "ca_file", "proxy",
    "http2",
  ]

  mutating func account(
    _ section: ConfigurationSection,
    refresh: Duration
  ) -> ConfiguredAccount? {
    let name = accountName(section)
    guard let provider = provider(section) else { return nil }
    let keys = provider.keys.flatMap { key in Self.names(of: key) }
    rejectUnknownKeys(
      of: section,
      known: Self.commonKeys + keys.filter { !Self.commonKeys.contains($0) }
    )

    var settings = AccountSettings(name: name ?? "", refresh: refresh)
    readPolling(section, into: &settings)
    settings.baseURL = baseURL(section, of: provider)
    settings.caFile = path(section["ca_file"], of: section)
    settings.proxy = proxy(section)
    settings.usesHTTP2 = flag(section["http2"], of: section) ?? false
    for key in provider.keys where !Self.commonKeys.contains(key.name) {
      if let value = value(of: key, in: section) { settings.values[key.name] = value }
    }
    requireKeys(of: provider, in: section)
    rejectContradictions(in: settings, of: provider, section)
    return name.map { _ in ConfiguredAccount(provider: provider, settings: settings) }
  }

  private mutating func accountName(_ section: ConfigurationSection) -> String? {
    guard let entry = section["name"] else {
      mistake("\(section.path): name is missing: expected a name for the account", at: section.mark)
      return nil
    }
    let name = text(entry, of: section, expected: "a name for the account")
    guard let name, !name.isVisible else { return name }
    mistake(
      "\(section.path(of: entry.key)): expected a name that can be seen",
      at: entry.value.mark
    )
    return nil
  }

  private mutating func provider(_ section: ConfigurationSection) -> ProviderDescription? {
    let names = providers.map(\.name)
    guard let entry = section["provider"] else {
      mistake(
        "\(section.path): provider is missing: expected \(Self.list(names))",
        at: section.mark
      )
      return nil
    }
    let name = choice(entry, of: section, among: names)
    return providers.first { $0.name == name }
  }

  private mutating func readPolling(
    _ section: ConfigurationSection,
    into settings: inout AccountSettings
  ) {
    if let refresh = duration(section["refresh"], of: section, in: Self.refreshRange) {
      settings.refresh = refresh
    }
    let timeouts = Duration.milliseconds(100) ... .seconds(600)
    if let timeout = duration(section["timeout"], of: section, in: timeouts) {
      settings.timeout = timeout
    }
    if let entry = section["requests_per_minute"] {
      if entry.value.text == "unlimited" {
        settings.requestsPerMinute = .unlimited
      } else if let rate = integer(entry, of: section, in: 1...1_000_000, or: ", or unlimited") {
        settings.requestsPerMinute = .perMinute(rate)
      }
    }
    settings.concurrency = integer(section["concurrency"], of: section, in: 1...1024)
    settings.watchesTemplates = flag(section["templates"], of: section) ?? true
    settings.callingExpected =
      choice(section["calling"], of: section, among: ["ignored", "expected"]) == "expected"
  }

  /// The address of a proxy, which is a secret since it may contain a password; `none` means no
  /// proxy.
  private mutating func proxy(_ section: ConfigurationSection) -> Secret? {
    let expected = "none, or the address of a proxy, such as http://proxy.example.com:3128"
    guard let entry = section["proxy"],
      let written = text(entry, of: section, expected: expected),
      let text = expanded(written, of: entry, in: section)
    else { return nil }
    if text == "none" { return Secret("") }
    guard ScalarForms.isProxy(text) else {
      mistake("\(section.path(of: entry.key)): expected \(expected)", at: entry.value.mark)
      return nil
    }
    return Secret(text)
  }

  /// A file that must exist and be readable.
  mutating func path(
    _ entry: ConfigurationSection.Entry?,
    of section: ConfigurationSection
  ) -> String? {
    guard let entry, let text = text(entry, of: section, expected: "the path of a PEM file") else {
      return nil
    }
    let path = absolute(text)
    do throws(FileContents.Failure) {
      _ = try FileContents.read(path)
      return path
    } catch {
      mistake("\(section.path(of: entry.key)): \(path): \(error.text)", at: entry.value.mark)
      return nil
    }
  }

  /// `~` is the home directory; a relative path starts from the configuration's directory.
  func absolute(_ path: String) -> String {
    let expanded = environment.expandingTilde(path)
    return expanded.hasPrefix("/") ? expanded : "\(directory)/\(expanded)"
  }

  private mutating func requireKeys(
    of provider: ProviderDescription,
    in section: ConfigurationSection
  ) {
    for group in provider.requiresOneOf {
      let keys = provider.keys.filter { group.contains($0.name) }
      let names = keys.flatMap { key in Self.names(of: key) }
      guard !names.contains(where: { section[$0] != nil }) else { continue }
      let hint = keys.count == 1 ? keys.first.map { ": expected \($0.hint)" } ?? "" : ""
      let subject = names.count == 1 ? names[0] : "one of \(Self.list(names))"
      mistake("\(section.path): \(subject) is missing\(hint)", at: section.mark)
    }
  }

  /// The possible names of a key.
  private static func names(of key: ProviderDescription.Key) -> [String] {
    switch key.form {
    case .secret: secretNames(key.name)
    default: [key.name]
    }
  }
}
