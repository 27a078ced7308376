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
    warnOfToken(settings, of: section)
    settings.metricsPer = choice(
      section["metrics_per"],
      of: section,
      among: MetricsDetail.allCases.map(\.rawValue)
    )
    .flatMap(MetricsDetail.init)
    return settings
  }

  /// Options of the command line may say otherwise, so these are no mistakes.
  private mutating func warnOfToken(_ settings: ServeSettings, of section: ConfigurationSection) {
    if let address = settings.listen, !address.isLocal, settings.tokenFile == nil,
      let entry = section["listen"]
    {
      warn(
        "serve.listen: \(address) can be reached by other machines, so serve needs token_file",
        at: entry.value.mark
      )
    }
    guard let path = settings.tokenFile, let entry = section["token_file"] else { return }
    do throws(FileContents.Failure) {
      _ = try FileContents.read(path, limit: 64 * 1024)
    } catch {
      warn("serve.token_file: \(path): \(error.text)", at: entry.value.mark)
    }
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
