import Providers
import YAML

extension ConfigurationReader {
  mutating func baseURL(
    _ section: ConfigurationSection,
    of provider: ProviderDescription
  ) -> String? {
    let allowsInsecure = flag(section["allow_insecure_http"], of: section) ?? false
    let expected = "a URL that begins with https://"
    guard let entry = section["base_url"],
      let written = text(entry, of: section, expected: expected),
      let text = expanded(written, of: entry, in: section)
    else { return nil }
    let place = section.path(of: entry.key)
    switch ScalarForms.baseURL(text, allowsInsecure: allowsInsecure) {
    case .success(let url):
      rejectSecondVersion(in: url, entry, of: section, provider)
      return url
    case .failure(let fault):
      mistake("\(place): \(Self.words(for: fault, expected))", at: entry.value.mark)
    }
    return nil
  }

  /// What is wrong with an address.
  static func words(for fault: ScalarForms.BaseURLFault, _ expected: String) -> String {
    switch fault {
    case .notHTTP: "expected \(expected)"
    case .holdsMore: "expected \(expected), without blanks, ?, # and {}"
    case .holdsUser: "a URL must not contain a user name or a password"
    case .noHost: "expected a host, and a port from 1 to 65535 if any"
    case .insecure:
      "expected https://, since http:// sends the key unencrypted;"
        + " loopback hosts may use it, others only with allow_insecure_http: true"
    }
  }

  /// Rejects an address with a repeated version, which can't work.
  private mutating func rejectSecondVersion(
    in url: String,
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    _ provider: ProviderDescription
  ) {
    let place = section.path(of: entry.key)
    let path = section["path"].flatMap { path in path.value.text.map { (path, text: $0) } }
    if let version = ScalarForms.repeatedVersion(in: url) {
      mistake(
        "\(place): it contains the version twice (/\(version)); keep one",
        at: entry.value.mark
      )
    } else if let version = ScalarForms.version(atEndOf: url),
      let key = provider.keys.first(where: { $0.name.hasSuffix("_version") })?.name
    {
      mistake(
        "\(place): expected no /\(version) at its end: \(key) sets the version, and wabatop adds it",
        at: entry.value.mark
      )
    } else if let (path, text) = path, let version = ScalarForms.repeatedVersion(in: text) {
      mistake(
        "\(section.path(of: path.key)): it contains the version twice (/\(version)); keep one",
        at: path.value.mark
      )
    } else if let (path, text) = path,
      let version = ScalarForms.repeatedVersion(in: "\(url)/\(text)")
    {
      mistake(
        "\(section.path(of: path.key)): base_url contains the version already (/\(version));"
          + " keep it in one of the two",
        at: path.value.mark
      )
    }
  }
}
