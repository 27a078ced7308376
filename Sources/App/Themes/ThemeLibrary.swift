import Canvas
import Configuration
import FoundationEssentials
import Glibc
import Monitor
import Screens
import Themes

/// The available themes: the user's own, then the built-in ones.
///
/// If a user's theme has a mistake, the mistake is shown, and a built-in theme is used.
struct ThemeLibrary: Sendable {
  /// A chosen theme, and the mistake if another one replaces it.
  struct Selection: Sendable {
    let choice: ThemeChoice
    /// With file, line and column.
    let mistake: String?
  }

  /// The directory of the user's themes: `NAME.yaml`.
  let directory: ConfigurationPaths.Origin
  /// The names of the user's themes, sorted.
  private(set) var ownNames: [String] = []

  /// Lists the directory; files are read when their themes are used.
  init(directory: ConfigurationPaths.Origin) {
    self.directory = directory
    reload()
  }

  /// Uses the environment's configuration directory.
  init(in environment: ProcessEnvironment) {
    self.init(directory: ConfigurationPaths(environment: environment).themes)
  }

  /// Lists the files again.
  mutating func reload() {
    let files = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
    ownNames = (files ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
      .map { String($0.dropLast(".yaml".count)) }
      .filter { Self.canBeChosen($0) && isFile("\(directory.path)/\($0).yaml") }
      .sorted()
  }

  /// Names must be one word, and `auto` has another meaning.
  private static func canBeChosen(_ name: String) -> Bool {
    !name.isEmpty && name != "auto" && name.sanitized == name
      && !name.contains(where: \.isWhitespace)
  }

  /// Whether it is a file: reading a pipe could block forever.
  private func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The paths of the user's themes.
  var files: [String] { ownNames.map { "\(directory.path)/\($0).yaml" } }

  /// All names, built-in ones first.
  var names: [String] {
    let builtIn = Theme.names
    return builtIn + ownNames.filter { !builtIn.contains($0) }
  }

  /// Reads a theme again each time, so that edits take effect.
  ///
  /// - Returns: The user's theme of that name, else the built-in one; nil if there is none.
  /// - Throws: `ThemeError`, which names file, line and column.
  func theme(named name: String) throws(ThemeError) -> Theme? {
    guard ownNames.contains(name) else { return try Theme(named: name) }
    let path = "\(directory.path)/\(name).yaml"
    let text: String
    do {
      text = String(decoding: try FileContents.read(path).bytes, as: UTF8.self)
    } catch {
      throw ThemeError(path: path, line: 1, column: 1, "cannot be read: \(error.text)")
    }
    return Theme(name: name, file: try ThemeFile(reading: text, path: path))
  }

  /// The theme that an option or a configuration names.
  ///
  /// `auto` depends on the terminal's background, which is known from `COLORFGBG` or from the
  /// terminal later.
  ///
  /// - Throws: `CommandFailure` with the nearest name if there is no such theme.
  func choice(_ name: String, in environment: ProcessEnvironment) throws -> Selection {
    guard name == "auto" else { return try named(name) }
    if let isLight = environment.hasLightBackground { return try named(isLight ? "light" : "dark") }
    // The user's themes are read now, because the background is known only on the main actor, which
    // must not read files.
    let own = ["dark", "light"].filter(ownNames.contains).map { (name: $0, read: usable($0)) }
    return Selection(
      choice: .byBackground { isDark in
        let name = isDark ? "dark" : "light"
        return own.first { $0.name == name }?.read.theme ?? Theme.builtIn(name) ?? .standard
      },
      mistake: own.compactMap(\.read.mistake).first
    )
  }

  private func named(_ name: String) throws -> Selection {
    guard names.contains(name) else {
      let suggestion = NearestName.suggestion(for: name, among: names + ["auto"])
      let list = (names + ["auto"]).joined(separator: ", ")
      throw CommandFailure("there is no theme \"\(name)\"\(suggestion)\nThemes: \(list)")
    }
    let (theme, mistake) = usable(name)
    return Selection(choice: .named(theme), mistake: mistake)
  }

  /// The theme; if it has a mistake, the built-in one of its name, or the standard one.
  private func usable(_ name: String) -> (theme: Theme, mistake: String?) {
    let substitute = Theme.builtIn(name) ?? .standard
    do {
      return (try theme(named: name) ?? substitute, nil)
    } catch {
      return (substitute, "\(error); shown in \(substitute.name)")
    }
  }
}
