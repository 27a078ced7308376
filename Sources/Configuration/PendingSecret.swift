import Providers

/// A secret that a program has yet to print, and where the configuration asks for it.
struct PendingSecret: Sendable {
  /// Stands for the secret in the account's settings until it is there.
  let placeholder: Secret
  let command: SecretCommand
  /// As it is written in the configuration.
  let program: String
  let isHeader: Bool
  /// Where messages point to; their texts are completed by what went wrong.
  let place: ConfigurationRemark

  /// No two secrets of a configuration have the same number.
  init(
    number: Int,
    command: SecretCommand,
    program: String,
    isHeader: Bool,
    place: ConfigurationRemark
  ) {
    // No secret holds a NUL.
    placeholder = Secret("\u{0}\(number)")
    self.command = command
    self.program = program
    self.isHeader = isHeader
    self.place = place
  }

  /// What the program has printed as the secret.
  ///
  /// - Throws: What is wrong with the program or with what it printed.
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
  /// Puts a secret where its placeholder is.
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
