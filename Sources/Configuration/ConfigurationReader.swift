import Monitor
import Providers
import YAML

/// Reads a configuration and collects all mistakes, so that one run shows them all.
struct ConfigurationReader {
  /// The file's name in messages.
  let file: String
  /// The base of relative paths in the file.
  let directory: String
  let environment: ProcessEnvironment
  let providers: [ProviderDescription]
  private(set) var mistakes: [ConfigurationRemark] = []
  /// How many mistakes were found but not kept.
  private(set) var uncountedMistakes = 0
  /// The pending secrets of the current account or receiver.
  var pendingSecrets: [PendingSecret] = []
  private var secretCommands = 0
  private(set) var warnings: [ConfigurationRemark] = []

  init(
    file: String,
    directory: String,
    environment: ProcessEnvironment,
    providers: [ProviderDescription]
  ) {
    self.file = file
    self.directory = directory
    self.environment = environment
    self.providers = providers
  }

  /// The configuration as far as it could be read; not usable if there are mistakes.
  mutating func read(_ yaml: String, themes: () -> [String]) -> Configuration {
    guard let root = compose(yaml) else { return Configuration() }
    guard let top = section(root, path: "", expected: "a mapping with the key accounts") else {
      return Configuration()
    }
    var configuration = Configuration()
    rejectUnknownKeys(of: top, known: Self.topKeys)
    if let refresh = duration(top["refresh"], of: top, in: Self.refreshRange) {
      configuration.refresh = refresh
    }
    if let entry = top["theme"],
      let theme = choice(entry, of: top, among: ["auto"] + themes())
    {
      configuration.theme = theme
    }
    if let clock = choice(top["clock"], of: top, among: ["on", "off"]) {
      configuration.showsClock = clock == "on"
    }
    configuration.escapeDelay =
      duration(top["escape_delay"], of: top, in: .zero ... .seconds(5))
    configuration.names = OperatorNames(labels: labels(of: top), filters: filters(of: top))
    configuration.confirmation = confirmation(of: top)
    configuration.signals = signals(of: top)
    configuration.serve = serve(of: top)
    configuration.accounts = accounts(of: top, refresh: configuration.refresh)
    configuration.receivers = receivers(
      of: top,
      filters: SavedFilters(configuration.names.filters)
    )
    return configuration
  }

  private static let topKeys =
    ["refresh", "theme", "clock", "escape_delay"] + confirmationKeys
    + signalKeys + ["serve", "labels", "filters", "accounts", "alerts"]

  static let refreshRange = Duration.seconds(1) ... .seconds(24 * 3600)

  private mutating func compose(_ text: String) -> YAMLNode? {
    do throws(YAMLError) {
      if let root = try YAMLNode.read(text), !root.isMissing { return root }
      mistake("is empty; `wabatop config init` writes a commented example", at: nil)
    } catch {
      mistake(error.message, at: error.mark)
    }
    return nil
  }

  private mutating func accounts(
    of top: ConfigurationSection,
    refresh: Duration
  ) -> [ConfiguredAccount] {
    guard let entry = top["accounts"] else {
      mistake("accounts is missing: expected a list with at least one account", at: top.mark)
      return []
    }
    let expected = "a list with at least one account"
    guard let list = items(entry, of: top, expected: expected) else { return [] }
    var accounts: [ConfiguredAccount] = []
    var names: Set<String> = []
    for (index, node) in list.enumerated() {
      guard let section = accountSection(node, index: index) else { continue }
      if let name = section["name"]?.value.text, !names.insert(name).inserted {
        mistake(
          "name: another account is named \"\(name)\" already; names are unique",
          at: section["name"]?.value.mark
        )
      }
      pendingSecrets = []
      guard var account = account(section, refresh: refresh) else { continue }
      account.pendingSecrets = pendingSecrets
      accounts.append(account)
    }
    return accounts
  }

  /// Paths in messages use the account's name if it has one.
  private mutating func accountSection(_ node: YAMLNode, index: Int) -> ConfigurationSection? {
    let named = node.mapping?.first { $0.key.scalar == "name" }?.value.text
    let name = named.flatMap { $0.isVisible ? $0 : nil } ?? String(index + 1)
    return section(node, path: "accounts.\(name)", expected: "a mapping with name and provider")
  }
}

// MARK: - What all parts of the reader use

extension ConfigurationReader {
  /// Only the first ones are worded, because an invalid file may have one on every line.
  mutating func mistake(_ text: @autoclosure () -> String, at mark: YAMLMark?) {
    guard mistakes.count < Self.mostMistakes else {
      uncountedMistakes += 1
      return
    }
    mistakes.append(remark(text(), at: mark))
  }

  private static let mostMistakes = 10 * ConfigurationError.mostMistakes

  /// A secret that a program prints, which is fetched later.
  mutating func pendingSecret(
    of command: SecretCommand,
    named program: String,
    isHeader: Bool,
    path: String,
    at mark: YAMLMark
  ) -> Secret {
    secretCommands += 1
    let secret = PendingSecret(
      number: secretCommands,
      command: command,
      program: program,
      isHeader: isHeader,
      place: remark(path, at: mark)
    )
    pendingSecrets.append(secret)
    return secret.placeholder
  }

  mutating func warn(_ text: String, at mark: YAMLMark?) {
    warnings.append(remark(text, at: mark))
  }

  private func remark(_ text: String, at mark: YAMLMark?) -> ConfigurationRemark {
    ConfigurationRemark(
      file: file,
      position: mark.map { .init(line: $0.line, column: $0.column) },
      text: text
    )
  }

  mutating func section(
    _ node: YAMLNode,
    path: String,
    expected: String
  ) -> ConfigurationSection? {
    guard let mapping = node.mapping else {
      let prefix = path.isEmpty ? "" : "\(path): "
      mistake("\(prefix)expected \(expected), found \(node.kind)", at: node.mark)
      return nil
    }
    var entries: [ConfigurationSection.Entry] = []
    for entry in mapping {
      guard let name = entry.key.scalar else {
        mistake("expected a name as the key, found \(entry.key.kind)", at: entry.key.mark)
        continue
      }
      entries.append(.init(key: name, keyMark: entry.key.mark, value: entry.value))
    }
    return ConfigurationSection(path: path, mark: node.mark, entries: entries)
  }

  /// An unknown key is a mistake: a misspelt one would silently do nothing.
  mutating func rejectUnknownKeys(of section: ConfigurationSection, known: [String]) {
    for entry in section.entries where !known.contains(entry.key) {
      mistake(Self.unknown(entry.key, in: section, known: known), at: entry.keyMark)
    }
  }

  /// `; did you mean "…"?`, or nothing; very long texts are not compared.
  static func suggestion(for word: String, among names: [String]) -> String {
    word.utf8.count > 64 ? "" : NearestName.suggestion(for: word, among: names)
  }

  private static func unknown(
    _ key: String,
    in section: ConfigurationSection,
    known: [String]
  ) -> String {
    let place = section.path.isEmpty ? "" : " in \(section.path)"
    let suggestion = suggestion(for: key, among: known)
    return suggestion.isEmpty
      ? "unknown key \"\(key)\"\(place): expected one of \(known.joined(separator: ", "))"
      : "unknown key \"\(key)\"\(place)\(suggestion)"
  }
}
