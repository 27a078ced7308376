import Monitor
import Providers
import YAML

/// Receivers of alerts, and what the terminal signals.
extension ConfigurationReader {
  static let signalKeys = ["bell", "notify", "title"]

  private static let kinds = ["alertmanager", "webhook", "on_event"]
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

  mutating func receivers(
    of top: ConfigurationSection,
    filters: SavedFilters
  ) -> [ConfiguredReceiver] {
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
          "\(path).name: another receiver is named \"\(named)\" already; names are unique",
          at: section["name"]?.value.mark
        )
      }
      return receiver(section, filters)
    }
  }

  private mutating func receiver(
    _ section: ConfigurationSection,
    _ filters: SavedFilters
  ) -> ConfiguredReceiver? {
    pendingSecrets = []
    rejectUnknownKeys(of: section, known: ["name", "when", "events", "timeout"] + Self.kinds)
    let name = required("name", of: section, expected: "a name for the receiver")
    let filter = filter(section, filters)
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

  private mutating func filter(
    _ section: ConfigurationSection,
    _ filters: SavedFilters
  ) -> Filter {
    guard let entry = section["when"],
      let text = text(entry, of: section, expected: "a filter, such as status:blocked")
    else { return Filter() }
    do throws(FilterError) {
      return try filters.filter(text)
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
    let path = environment.expandingTilde(program)
    warnOfProgram(path, at: entry.value.sequence?.first?.mark, in: section.path(of: entry.key))
    return [path] + arguments.dropFirst()
  }

  /// It may be installed later, so that it can't be run now is no mistake.
  private mutating func warnOfProgram(_ program: String, at mark: YAMLMark?, in path: String) {
    if program.contains("/") {
      if !program.hasPrefix("/") {
        let advice = "depends on the directory in which wabatop is started; write its whole path"
        warn("\(path): \(program) \(advice)", at: mark)
      } else if !FileContents.isProgram(program) {
        warn("\(path): \(program) is no program that can be run", at: mark)
      }
    } else if let directories = environment.value("PATH")?.split(separator: ":"),
      !directories.contains(where: { FileContents.isProgram("\($0)/\(program)") })
    {
      warn("\(path): there is no program \(program) in PATH", at: mark)
    }
  }
}
