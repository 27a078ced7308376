package import Providers

/// The configuration file: found, read and checked.
package enum ConfigurationFile {
  /// 100,000 numbers with labels are 6 MiB.
  static let largestSize = 16 << 20

  /// Reads the file, with secrets from the environment and from files.
  ///
  /// Programs that print secrets are not run: `SecretFetch` runs them.
  ///
  /// The themes are listed only if the file names one.
  ///
  /// - Throws: the mistakes of the file; also when there is no file.
  package static func read(
    _ path: String,
    environment: ProcessEnvironment,
    providers: [ProviderDescription] = ProviderCatalog.all,
    themes: () -> [String]
  ) throws(ConfigurationError) -> Configuration {
    try draft(of: path, environment, providers, themes).checked()
  }

  /// Reads the file and fetches all of its secrets.
  ///
  /// - Throws: the mistakes of the file and of the programs that print secrets.
  package static func readWithSecrets(
    _ path: String,
    environment: ProcessEnvironment,
    providers: [ProviderDescription] = ProviderCatalog.all,
    themes: () -> [String]
  ) async throws(ConfigurationError) -> Configuration {
    var draft = try draft(of: path, environment, providers, themes)
    var fetch = SecretFetch(draft.configuration.accounts)
    await fetch.run()
    draft.configuration.accounts = fetch.accounts
    draft.mistakes += fetch.mistakes.values.joined()
    draft.mistakes += await draft.configuration.fetchReceiverSecrets()
    return try draft.checked()
  }

  /// Reads a configuration from text, such as the simulator's.
  ///
  /// - Throws: the mistakes of the text.
  package static func parse(
    _ text: String,
    file: String,
    environment: ProcessEnvironment,
    providers: [ProviderDescription] = ProviderCatalog.all,
    themes: () -> [String]
  ) throws(ConfigurationError) -> Configuration {
    try draft(text, file: file, environment, providers, themes).checked()
  }

  /// The result of reading a file, with its mistakes.
  private struct Draft {
    var configuration: Configuration
    var mistakes: [ConfigurationRemark]
    /// How many more mistakes there are.
    let more: Int

    func checked() throws(ConfigurationError) -> Configuration {
      guard mistakes.isEmpty else { throw ConfigurationError(mistakes: mistakes, more: more) }
      return configuration
    }
  }

  private static func draft(
    of path: String,
    _ environment: ProcessEnvironment,
    _ providers: [ProviderDescription],
    _ themes: () -> [String]
  ) throws(ConfigurationError) -> Draft {
    let contents = try contents(of: path)
    guard let text = contents.text else {
      throw ConfigurationError(mistakes: [remark(path, "is not UTF-8 text")])
    }
    var draft = draft(text, file: path, environment, providers, themes)
    if contents.isReadableByOthers {
      let advice = "others can read this file; fix it with: chmod 600 \(path)"
      draft.configuration.warnings.insert(remark(path, advice), at: 0)
    }
    return draft
  }

  private static func draft(
    _ text: String,
    file: String,
    _ environment: ProcessEnvironment,
    _ providers: [ProviderDescription],
    _ themes: () -> [String]
  ) -> Draft {
    var reader = ConfigurationReader(
      file: file,
      directory: directory(of: file),
      environment: environment,
      providers: providers
    )
    var configuration = reader.read(text, themes: themes)
    configuration.warnings = reader.warnings.inOrder
    return Draft(
      configuration: configuration,
      mistakes: reader.mistakes,
      more: reader.uncountedMistakes
    )
  }

  private static func contents(of path: String) throws(ConfigurationError) -> FileContents {
    do throws(FileContents.Failure) {
      return try FileContents.read(path, limit: largestSize)
    } catch {
      let advice =
        "; `wabatop config init` writes a commented example, `wabatop demo` needs no configuration"
      let text = error.isMissingFile ? error.text + advice : error.text
      throw ConfigurationError(mistakes: [remark(path, text)])
    }
  }

  private static func remark(_ file: String, _ text: String) -> ConfigurationRemark {
    ConfigurationRemark(file: file, position: nil, text: text)
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "" : String(path[..<slash])
  }
}
