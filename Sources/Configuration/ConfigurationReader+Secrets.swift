import Providers
import YAML

extension ConfigurationReader {
  /// A secret is written as a value, as the path of a file, as a command, or as the name of a
  /// credential that systemd passes.
  static func secretNames(_ name: String) -> [String] {
    [name, "\(name)_file", "\(name)_command", "\(name)_credential"]
  }

  /// The secret with this name; a mistake if it is given twice or can't be read.
  mutating func secret(_ name: String, of section: ConfigurationSection) -> Secret? {
    let written = Self.secretNames(name).compactMap { section[$0] }
    guard let entry = written.first else { return nil }
    if let second = written.dropFirst().first {
      mistake(
        "\(section.path): expected one of \(Self.list(written.map(\.key))), not several",
        at: second.keyMark
      )
      return nil
    }
    // The key for a whole header value, which may contain `Bearer`.
    let isHeader = name == "value"
    switch entry.key {
    case name: return secretValue(entry, of: section, isHeader)
    case "\(name)_file": return secretFile(entry, of: section, isHeader)
    case "\(name)_credential": return secretCredential(entry, of: section, isHeader)
    default: return secretCommand(entry, of: section, isHeader)
    }
  }

  /// The text with its variables expanded; a mistake names an unset one.
  mutating func expanded(
    _ text: String,
    of entry: ConfigurationSection.Entry,
    in section: ConfigurationSection
  ) -> String? {
    do throws(VariableExpansion.Fault) {
      return try VariableExpansion.expand(text, with: environment.variables)
    } catch {
      mistake("\(section.path(of: entry.key)): \(error.text)", at: entry.value.mark)
      return nil
    }
  }

  private mutating func secretValue(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    _ isHeader: Bool
  ) -> Secret? {
    let expected = "a secret, such as \"${NAME}\""
    guard let written = text(entry, of: section, expected: expected),
      let text = expanded(written, of: entry, in: section)
    else { return nil }
    return secret(entry, of: section, named: section.path(of: entry.key)) {
      () throws(SecretText.Fault) in
      try SecretText.checkForm(of: written)
      return try SecretText.trimmed(text, isHeader: isHeader)
    }
  }

  private mutating func secretFile(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    _ isHeader: Bool
  ) -> Secret? {
    guard let written = text(entry, of: section, expected: "the path of a file") else { return nil }
    return secret(entry, of: section, inFile: absolute(written), isHeader, isOurs: true)
  }

  /// A file that systemd puts where only this service can read it (`LoadCredential=`).
  private mutating func secretCredential(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    _ isHeader: Bool
  ) -> Secret? {
    guard let name = text(entry, of: section, expected: "the name of a credential") else {
      return nil
    }
    let place = section.path(of: entry.key)
    // The name is one of a file in the directory, never a way out of it.
    guard !name.contains("/"), name != ".", name != ".." else {
      mistake("\(place): expected the name of a credential, without \"/\"", at: entry.value.mark)
      return nil
    }
    guard let directory = environment.value("CREDENTIALS_DIRECTORY") else {
      mistake(
        "\(place): systemd passed no credentials; the unit needs LoadCredential=\(name):/path/of/the/key",
        at: entry.value.mark
      )
      return nil
    }
    let path = "\(directory)/\(name)"
    return secret(entry, of: section, inFile: path, isHeader, isOurs: false)
  }

  private mutating func secret(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    inFile path: String,
    _ isHeader: Bool,
    isOurs: Bool
  ) -> Secret? {
    let place = section.path(of: entry.key)
    do throws(FileContents.Failure) {
      let contents = try FileContents.read(path, limit: 64 * 1024)
      // systemd itself sets who can read a credential.
      if isOurs, contents.isReadableByOthers {
        warn(
          "\(place): others can read \(path); fix it with: chmod 600 \(path)",
          at: entry.value.mark
        )
      }
      return secret(entry, of: section, named: "\(place): \(path)") {
        () throws(SecretText.Fault) in try SecretText.trimmed(contents.bytes, isHeader: isHeader)
      }
    } catch {
      mistake("\(place): \(path): \(error.text)", at: entry.value.mark)
      return nil
    }
  }

  private mutating func secretCommand(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    _ isHeader: Bool
  ) -> Secret? {
    let place = section.path(of: entry.key)
    let arguments = entry.value.sequence?.compactMap(\.text) ?? []
    guard let program = arguments.first, arguments.count == entry.value.sequence?.count else {
      mistake(
        "\(place): expected a program and its arguments as a list, such as [pass, show, acme]",
        at: entry.value.mark
      )
      return nil
    }
    let command = SecretCommand(
      arguments: [environment.expandingTilde(program)] + arguments.dropFirst(),
      variables: environment.variablesOfPrograms
    )
    return pendingSecret(
      of: command,
      named: program,
      isHeader: isHeader,
      path: place,
      at: entry.value.mark
    )
  }

  private mutating func secret(
    _ entry: ConfigurationSection.Entry,
    of section: ConfigurationSection,
    named name: String,
    trim: () throws(SecretText.Fault) -> String
  ) -> Secret? {
    do throws(SecretText.Fault) {
      return Secret(try trim())
    } catch {
      mistake("\(name) \(error.text)", at: entry.value.mark)
      return nil
    }
  }
}
