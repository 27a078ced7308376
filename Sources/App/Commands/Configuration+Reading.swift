import Configuration

extension ConfigurationFile {
  /// Without the secrets that programs print; `theme` may name any theme that there is.
  static func read(
    _ path: String,
    environment: ProcessEnvironment
  ) throws(ConfigurationError) -> Configuration {
    try read(path, environment: environment) { ThemeLibrary(in: environment).names }
  }

  /// With all secrets; a signal ends the programs that print them before it ends this one.
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

  /// A configuration that is at hand as text, such as the simulator's.
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
