import YAML

/// What `serve` does besides polling; options of the command line override it.
package struct ServeSettings: Hashable, Sendable {
  /// Where it answers HTTP requests; nil is nowhere.
  package var listen: ListenAddress?
  /// The file with the token that requests need.
  package var tokenFile: String?
  package var metricsPer: MetricsDetail?

  package init() {}
}

extension ConfigurationReader {
  mutating func serve(of top: ConfigurationSection) -> ServeSettings {
    var settings = ServeSettings()
    guard let entry = top["serve"],
      let section = section(
        entry.value,
        path: "serve",
        expected: "a mapping with listen, token_file or metrics_per"
      )
    else { return settings }
    rejectUnknownKeys(of: section, known: ["listen", "token_file", "metrics_per"])
    settings.listen = listenAddress(of: section)
    settings.tokenFile = text(section["token_file"], of: section, expected: "a path of a file")
      .map { absolute($0) }
    settings.metricsPer = choice(
      section["metrics_per"],
      of: section,
      among: MetricsDetail.allCases.map(\.rawValue)
    )
    .flatMap(MetricsDetail.init)
    return settings
  }

  private mutating func listenAddress(of section: ConfigurationSection) -> ListenAddress? {
    let expected = "an address \(ListenAddress.forms)"
    guard let entry = section["listen"],
      let text = text(entry, of: section, expected: expected)
    else { return nil }
    let address = ListenAddress(text)
    if address == nil {
      mistake("serve.listen: expected \(expected), not \"\(text)\"", at: entry.value.mark)
    }
    return address
  }
}
