/// The paths of files, and the reasons for them.
package struct ConfigurationPaths: Hashable, Sendable {
  /// A path, and the option, variable or default that it comes from.
  package struct Origin: Hashable, Sendable {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  package let configuration: Origin
  package let log: Origin
  /// The file with the history, in the directory of everything that is kept.
  package let history: Origin
  /// The directory of the log and the history.
  package let stateDirectory: String
  /// The directory of the user's own themes.
  package let themes: Origin

  package init(configOption: String? = nil, environment: ProcessEnvironment) {
    configuration = Self.configuration(option: configOption, environment: environment)
    let state = Self.directory("XDG_STATE_HOME", fallback: ".local/state", environment: environment)
    log = state.appending("wabatop.log")
    history = state.appending("history.sqlite")
    stateDirectory = state.path
    themes = Self.directory("XDG_CONFIG_HOME", fallback: ".config", environment: environment)
      .appending("themes")
  }

  private static func configuration(option: String?, environment: ProcessEnvironment) -> Origin {
    if let option {
      return Origin(path: environment.expandingTilde(option), reason: "--config")
    }
    if let path = environment.value("WABATOP_CONFIG") {
      return Origin(path: environment.expandingTilde(path), reason: "$WABATOP_CONFIG")
    }
    return directory("XDG_CONFIG_HOME", fallback: ".config", environment: environment)
      .appending("config.yaml")
  }

  /// The XDG rule: a relative path in the variable counts as unset.
  private static func directory(
    _ variable: String,
    fallback: String,
    environment: ProcessEnvironment
  ) -> Origin {
    if let path = environment.value(variable), path.hasPrefix("/") {
      return Origin(path: path + "/wabatop", reason: "$\(variable)")
    }
    return Origin(
      path: "\(environment.homeDirectory)/\(fallback)/wabatop",
      reason: "~/\(fallback), because $\(variable) is not set"
    )
  }
}

extension ConfigurationPaths.Origin {
  fileprivate func appending(_ name: String) -> Self {
    Self(path: "\(path)/\(name)", reason: reason)
  }
}
