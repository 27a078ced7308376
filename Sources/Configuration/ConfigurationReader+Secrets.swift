import Providers
import YAML

extension ConfigurationReader {
  /// A secret is written as a value, as the name of a file, or as a command.
  static func secretNames(_ name: String) -> [String] {
    [name, "\(name)_file", "\(name)_command"]
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
    let path = absolute(written)
    let place = section.path(of: entry.key)
    do throws(FileContents.Failure) {
      let contents = try FileContents.read(path, limit: 64 * 1024)
      if contents.isReadableByOthers {
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
      variables: environment.variables
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
