import FoundationEssentials

/// The process's environment; the only place that reads it.
package struct ProcessEnvironment: Sendable {
  package var variables: [String: String]
  /// Without a slash at the end.
  package var homeDirectory: String

  package init(variables: [String: String], homeDirectory: String) {
    self.variables = variables
    self.homeDirectory = homeDirectory
  }

  /// The environment of this process.
  package static func current() -> Self {
    let variables = ProcessInfo.processInfo.environment
    return Self(variables: variables, homeDirectory: variables["HOME"] ?? "/")
  }

  /// The value of a variable that is set and not empty.
  package func value(_ name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// What other programs get: the service manager listens to this process alone.
  package var variablesOfPrograms: [String: String] {
    let ownNames = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]
    return variables.filter { !ownNames.contains($0.key) }
  }

  /// The path with a leading `~` replaced by the home directory.
  package func expandingTilde(_ path: String) -> String {
    if path == "~" { return homeDirectory }
    return path.hasPrefix("~/") ? homeDirectory + path.dropFirst() : path
  }

  /// Whether UTF-8 may be printed: yes if the locale says so, or says nothing, as over many SSH
  /// connections.
  package var isUTF8: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let locale = names.lazy.compactMap({ value($0) }).first?.lowercased() else { return true }
    return locale.contains("utf-8") || locale.contains("utf8") || locale == "c" || locale == "posix"
  }
}
