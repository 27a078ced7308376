package import Monitor
package import Providers

/// The configuration, including all secrets.
package struct Configuration: Sendable {
  /// How old a reading may get before the number is polled again.
  package var refresh: Duration
  /// A theme's name; `auto` picks dark or light.
  package var theme: String
  /// The header's clock.
  package var showsClock: Bool
  /// How long the terminal waits for the rest of a key's escape sequence; nil is the default.
  package var escapeDelay: Duration?
  /// The operator's own names for WABAs, businesses and apps, and filters by name.
  package var names: OperatorNames
  /// When a change of a number's state becomes an event.
  package var confirmation: ConfirmationRules
  /// What `serve` does besides polling.
  package var serve: ServeSettings
  package var accounts: [ConfiguredAccount]
  /// Who is told of incidents.
  package var receivers: [ConfiguredReceiver] = []
  package var signals = LocalSignals()
  /// Warnings, such as a file that others can read.
  package var warnings: [ConfigurationRemark]

  package init(
    refresh: Duration = .seconds(60),
    theme: String = "auto",
    showsClock: Bool = true,
    escapeDelay: Duration? = nil,
    names: OperatorNames = OperatorNames(),
    confirmation: ConfirmationRules = ConfirmationRules(),
    serve: ServeSettings = ServeSettings(),
    accounts: [ConfiguredAccount] = [],
    warnings: [ConfigurationRemark] = []
  ) {
    self.refresh = refresh
    self.theme = theme
    self.showsClock = showsClock
    self.escapeDelay = escapeDelay
    self.names = names
    self.confirmation = confirmation
    self.serve = serve
    self.accounts = accounts
    self.warnings = warnings
  }
}

/// A configured account and its provider.
package struct ConfiguredAccount: Sendable {
  package let provider: ProviderDescription
  package internal(set) var settings: AccountSettings
  /// Secrets that have to be fetched before the account can be polled.
  var pendingSecrets: [PendingSecret] = []

  var isComplete: Bool { pendingSecrets.isEmpty }

  package init(provider: ProviderDescription, settings: AccountSettings) {
    self.provider = provider
    self.settings = settings
  }
}

extension ConfiguredAccount: Equatable {
  /// Whether both have the same provider and settings, including secrets.
  package static func == (left: Self, right: Self) -> Bool {
    left.provider.name == right.provider.name && left.settings == right.settings
  }
}

/// A mistake or a warning, with its file and position.
package struct ConfigurationRemark: Hashable, Sendable, CustomStringConvertible {
  /// Counted from 1; columns are Unicode scalars.
  package struct Position: Hashable, Sendable, Comparable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (left: Self, right: Self) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  package let file: String
  /// Nil for the file as a whole.
  package let position: Position?
  /// What is wrong, what was expected, and the nearest valid name; never a secret.
  package let text: String

  package init(file: String, position: Position?, text: String) {
    self.file = file
    self.position = position
    self.text = text
  }

  /// Always one line, whatever the file contains.
  package var description: String {
    let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
    return "\(place): \(text)".singleLine
  }

  /// With the file's name instead of its path, for one line of a screen.
  package var brief: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return "\(ConfigurationRemark(file: name, position: position, text: text))"
  }
}

/// The mistakes of a file, in order: the program does not start with an invalid configuration.
package struct ConfigurationError: Error, CustomStringConvertible {
  /// More would not be read at once.
  package static let mostMistakes = 100

  package let mistakes: [ConfigurationRemark]
  /// How many more there are.
  package let more: Int

  /// - Parameters:
  ///   - mistakes: In any order.
  ///   - more: How many more there are.
  package init(mistakes: [ConfigurationRemark], more: Int = 0) {
    self.mistakes = Array(mistakes.inOrder.prefix(Self.mostMistakes))
    self.more = more + mistakes.count - self.mistakes.count
  }

  package var description: String {
    let lines = mistakes.map(\.description)
    return (more > 0 ? lines + ["and \(more) more"] : lines).joined(separator: "\n")
  }
}

extension [ConfigurationRemark] {
  /// In the order of the file; remarks about the file as a whole come first.
  var inOrder: Self {
    let start = ConfigurationRemark.Position(line: 0, column: 0)
    return enumerated()
      .sorted {
        ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset)
      }
      .map(\.element)
  }
}
