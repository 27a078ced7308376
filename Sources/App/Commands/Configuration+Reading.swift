import Configuration

extension ConfigurationFile {
  /// Reads the configuration without secrets from programs; `theme` may be any available theme.
  static func read(
    _ path: String,
    environment: ProcessEnvironment
  ) throws(ConfigurationError) -> Configuration {
    try read(path, environment: environment) { ThemeLibrary(in: environment).names }
  }

  /// Reads the configuration with all secrets; a signal first ends the programs that print them.
  static func readWithSecrets(
    _ path: String,
    environment: ProcessEnvironment
  ) async throws(ConfigurationError) -> Configuration {
    try await Interruption.cancelling { () -> Result<Configuration, ConfigurationError> in
      do throws(ConfigurationError) {
        return .success(
          try await readWithSecrets(path, environment: environment) {
            ThemeLibrary(in: environment).names
          }
        )
      } catch {
        return .failure(error)
      }
    }
    .get()
  }

  /// Reads a configuration from text, such as the simulator's.
  static func parse(
    _ text: String,
    file: String,
    environment: ProcessEnvironment
  ) throws(ConfigurationError) -> Configuration {
    try parse(text, file: file, environment: environment) { ThemeLibrary(in: environment).names }
  }
}

extension Configuration {
  func printWarnings() {
    for warning in warnings { Output.error("warning: \(warning)") }
  }
}
