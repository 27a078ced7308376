@testable import Configuration

/// As the program reads it, with some themes to name.
extension ConfigurationFile {
  private static let themes = ["dark", "light", "mono"]

  static func read(
    _ path: String,
    environment: ProcessEnvironment
  ) throws(ConfigurationError) -> Configuration {
    try read(path, environment: environment) { themes }
  }

  static func readWithSecrets(
    _ path: String,
    environment: ProcessEnvironment
  ) async throws(ConfigurationError) -> Configuration {
    try await readWithSecrets(path, environment: environment) { themes }
  }

  static func parse(
    _ text: String,
    file: String,
    environment: ProcessEnvironment
  ) throws(ConfigurationError) -> Configuration {
    try parse(text, file: file, environment: environment) { themes }
  }
}
