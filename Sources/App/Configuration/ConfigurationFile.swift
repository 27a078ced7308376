package import Providers

/// The configuration file: found, read and checked.
package enum ConfigurationFile {
  /// Reads the file and fetches its secrets from the environment, files and commands.
  ///
  /// - Throws: every mistake of the file at once; also when there is no file.
  package static func read(
    _ path: String,
    environment: ProcessEnvironment,
    providers: [ProviderDescription] = ProviderCatalog.all
  ) throws(ConfigurationError) -> Configuration {
    let contents = try contents(of: path)
    guard let text = String(validating: contents.bytes, as: UTF8.self) else {
      throw ConfigurationError(mistakes: [remark(path, "is not UTF-8 text")])
    }
    var configuration = try parse(
      text,
      file: path,
      environment: environment,
      providers: providers
    )
    if contents.isReadableByOthers {
      let advice = "others can read this file; mend it with: chmod 600 \(path)"
      configuration.warnings.insert(remark(path, advice), at: 0)
    }
    return configuration
  }

  /// Reads a configuration that is at hand as text, such as the simulator's.
  ///
  /// - Throws: every mistake of the text at once.
  package static func parse(
    _ text: String,
    file: String,
    environment: ProcessEnvironment,
    providers: [ProviderDescription] = ProviderCatalog.all
  ) throws(ConfigurationError) -> Configuration {
    var reader = ConfigurationReader(
      file: file,
      directory: directory(of: file),
      environment: environment,
      providers: providers
    )
    var configuration = reader.read(text)
    guard reader.mistakes.isEmpty else {
      throw ConfigurationError(mistakes: inOrder(reader.mistakes))
    }
    configuration.warnings = inOrder(reader.warnings)
    return configuration
  }

  private static func contents(of path: String) throws(ConfigurationError) -> FileContents {
    do throws(FileContents.Failure) {
      return try FileContents.read(path)
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

  private static func inOrder(_ remarks: [ConfigurationRemark]) -> [ConfigurationRemark] {
    let start = ConfigurationRemark.Position(line: 0, column: 0)
    return remarks.enumerated()
      .sorted {
        ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset)
      }
      .map(\.element)
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "" : String(path[..<slash])
  }
}
