import Monitor
import Providers

@testable import Configuration

/// A configuration as text, secrets and all: the tests' own are no secrets.
enum ConfigurationListing {
  static func text(of configuration: Configuration) -> String {
    let clock = configuration.showsClock ? "on" : "off"
    let delay = configuration.escapeDelay.map { "\($0)" } ?? "default"
    var lines = [
      "refresh \(configuration.refresh), theme \(configuration.theme), clock \(clock),"
        + " escape delay \(delay)"
    ]
    let rules = configuration.confirmation
    if rules != ConfirmationRules() {
      lines.append(
        "down after \(rules.downPolls) polls or \(rules.downTime), up after \(rules.upPolls),"
          + " trusts blocked \(rules.trustsBlocked)"
      )
      let flapping = rules.flapping
      lines.append(
        "flapping over \(flapping.over) %, under \(flapping.under) % of \(flapping.polls) polls"
      )
    }
    if configuration.serve != ServeSettings() { lines.append(listing(of: configuration.serve)) }
    lines += configuration.names.labels.sorted { $0.key < $1.key }
      .map { "label \($0.key): \($0.value)" }
    lines += configuration.names.filters.sorted { $0.key < $1.key }
      .map { "filter \($0.key): \($0.value)" }
    for account in configuration.accounts { lines += listing(of: account) }
    for receiver in configuration.receivers { lines += listing(of: receiver) }
    if configuration.signals != LocalSignals() {
      let signals = configuration.signals
      lines.append(
        "bell \(signals.bell.map { "\($0)" } ?? "on the wall"), notify \(signals.notifies),"
          + " title \(signals.showsTitle)"
      )
    }
    return lines.joined(separator: "\n")
  }

  private static func listing(of serve: ServeSettings) -> String {
    let listen = serve.listen?.description ?? "none"
    let token = serve.tokenFile ?? "none"
    let detail = serve.metricsPer?.rawValue ?? "default"
    return "serve listens at \(listen), token file \(token), metrics per \(detail)"
  }

  private static func listing(of account: ConfiguredAccount) -> [String] {
    let settings = account.settings
    var lines = ["\(settings.name) (\(account.provider.name))"]
    lines.append("  refresh \(settings.refresh), timeout \(settings.timeout)")
    lines.append("  rate \(settings.requestsPerMinute), concurrency \(text(settings.concurrency))")
    lines.append(
      "  templates \(settings.watchesTemplates), calling expected \(settings.callingExpected)"
    )
    if let url = settings.baseURL { lines.append("  base_url \(url)") }
    if let file = settings.caFile { lines.append("  ca_file \(file)") }
    if let proxy = settings.proxy { lines.append("  proxy \(proxy.revealed)") }
    if settings.usesHTTP2 { lines.append("  http2 true") }
    lines += settings.values.sorted { $0.key < $1.key }.map { "  \($0.key) \(text($0.value))" }
    return lines
  }

  private static func listing(of receiver: ConfiguredReceiver) -> [String] {
    var lines = ["alerts \(receiver.name): \(receiver.target)"]
    lines.append(
      "  when \"\(receiver.filter.text)\", events \(receiver.events?.joined(separator: ", ") ?? "standard"),"
        + " timeout \(receiver.timeout)"
    )
    lines += receiver.headers.map { "  header \($0.name): \($0.value.revealed)" }
    switch receiver.authorization {
    case .bearer(let token): lines.append("  bearer \(token.revealed)")
    case .basic(let name, let password): lines.append("  basic \(name), \(password.revealed)")
    case nil: break
    }
    if let secret = receiver.signingSecret { lines.append("  secret \(secret.revealed)") }
    return lines
  }

  private static func text(_ number: Int?) -> String { number.map(String.init) ?? "default" }

  private static func text(_ value: SettingValue) -> String {
    switch value {
    case .text(let text): "text \(text)"
    case .secret(let secret): "secret \(secret.revealed)"
    case .list(let list): "list \(list)"
    case .numbers(let numbers):
      numbers.map { number in number.label.map { "\(number.id) (\($0))" } ?? number.id }
        .joined(separator: ", ")
    case .allNumbers: "all"
    case .channels(let channels):
      channels.map { "\($0.label): \($0.apiKey.revealed)" }.joined(separator: ", ")
    case .header(let name, let value): "header \(name): \(value.revealed)"
    case .partner(let id, let key): "partner \(id), \(key.revealed)"
    }
  }
}
