import Providers

/// A secret that a program has yet to print, and its place in the configuration.
struct PendingSecret: Sendable {
  /// Replaces the secret in the account's settings until it is known.
  let placeholder: Secret
  let command: SecretCommand
  /// As written in the configuration.
  let program: String
  let isHeader: Bool
  /// The place for messages, to which the error is added.
  let place: ConfigurationRemark

  /// No two secrets of a configuration have the same number.
  init(
    number: Int,
    command: SecretCommand,
    program: String,
    isHeader: Bool,
    place: ConfigurationRemark
  ) {
    // No secret contains a NUL.
    placeholder = Secret("\u{0}\(number)")
    self.command = command
    self.program = program
    self.isHeader = isHeader
    self.place = place
  }

  /// The secret that the program printed.
  ///
  /// - Throws: The fault of the program or of its output.
  func secret(
    from result: Result<[UInt8], SecretCommand.Failure>
  ) throws(ConfigurationRemark) -> Secret {
    let output: [UInt8]
    do throws(SecretCommand.Failure) {
      output = try result.get()
    } catch {
      throw place.continued("\(program) \(error.text)")
    }
    do throws(SecretText.Fault) {
      return Secret(try SecretText.trimmed(output, isHeader: isHeader))
    } catch {
      throw place.continued("what \(program) printed \(error.text)")
    }
  }
}

extension ConfigurationRemark: Error {
  fileprivate func continued(_ words: String) -> Self {
    Self(file: file, position: position, text: "\(text): \(words)")
  }
}

extension ConfiguredAccount {
  /// Replaces a placeholder by its secret.
  mutating func fill(_ pending: PendingSecret, with secret: Secret) {
    settings.values = settings.values.mapValues { $0.replacing(pending.placeholder, with: secret) }
    pendingSecrets.removeAll { $0.placeholder == pending.placeholder }
  }
}

extension SettingValue {
  fileprivate func replacing(_ placeholder: Secret, with secret: Secret) -> Self {
    switch self {
    case .secret(placeholder): .secret(secret)
    case .header(let name, placeholder): .header(name: name, value: secret)
    case .partner(let id, placeholder): .partner(id: id, apiKey: secret)
    case .channels(let channels):
      .channels(
        channels.map {
          $0.apiKey == placeholder ? ConfiguredChannel(label: $0.label, apiKey: secret) : $0
        }
      )
    case .text, .secret, .list, .numbers, .allNumbers, .header, .partner: self
    }
  }
}
