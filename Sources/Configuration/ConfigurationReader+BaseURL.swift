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
    case .failure(.notHTTP):
      mistake("\(place): expected \(expected)", at: entry.value.mark)
    case .failure(.holdsMore):
      mistake("\(place): expected \(expected), without blanks, ?, # and {}", at: entry.value.mark)
    case .failure(.holdsUser):
      mistake("\(place): a URL must not hold a user or a password", at: entry.value.mark)
    case .failure(.noHost):
      mistake("\(place): expected a host, and a port from 1 to 65535 if any", at: entry.value.mark)
    case .failure(.insecure):
      mistake(
        "\(place): expected https://, since http:// sends the key for everybody to read;"
          + " loopback hosts may use it, others with allow_insecure_http: true",
        at: entry.value.mark
      )
    }
    return nil
  }

  /// A version that stands in the address twice: nothing is found at such an
  /// address.
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
        "\(place): the version stands in it twice (/\(version)); keep one",
        at: entry.value.mark
      )
    } else if let version = ScalarForms.version(atEndOf: url),
      let key = provider.keys.first(where: { $0.name.hasSuffix("_version") })?.name
    {
      mistake(
        "\(place): expected no /\(version) at its end: \(key) says the version, and it is put there",
        at: entry.value.mark
      )
    } else if let (path, text) = path, let version = ScalarForms.repeatedVersion(in: text) {
      mistake(
        "\(section.path(of: path.key)): the version stands in it twice (/\(version)); keep one",
        at: path.value.mark
      )
    } else if let (path, text) = path,
      let version = ScalarForms.repeatedVersion(in: "\(url)/\(text)")
    {
      mistake(
        "\(section.path(of: path.key)): the version stands in base_url already (/\(version));"
          + " keep it in one of the two",
        at: path.value.mark
      )
    }
  }
}
