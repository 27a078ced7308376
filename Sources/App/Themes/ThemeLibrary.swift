import Canvas
import Configuration
import FoundationEssentials
import Glibc
import Monitor
import Screens
import Themes

/// The themes that can be used: the user's own, then those of the binary.
///
/// A theme of the user's that has a mistake stops nothing: the mistake is told, and a theme of the
/// binary is shown.
struct ThemeLibrary: Sendable {
  /// A theme that was asked for, and what is wrong with it where another is shown in its place.
  struct Selection: Sendable {
    let choice: ThemeChoice
    /// With file, line and column.
    let mistake: String?
  }

  /// Where the user's own are: `NAME.yaml`.
  let directory: ConfigurationPaths.Origin
  /// The names of the user's own, in order.
  private(set) var ownNames: [String] = []

  /// Lists the directory; files are read when their themes are asked for.
  init(directory: ConfigurationPaths.Origin) {
    self.directory = directory
    reload()
  }

  /// The user's own are where the environment says that configurations are.
  init(in environment: ProcessEnvironment) {
    self.init(directory: ConfigurationPaths(environment: environment).themes)
  }

  /// Looks again which files there are.
  mutating func reload() {
    let files = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
    ownNames = (files ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
      .map { String($0.dropLast(".yaml".count)) }
      .filter { Self.canBeChosen($0) && isFile("\(directory.path)/\($0).yaml") }
      .sorted()
  }

  /// Names are typed as one word, and `auto` means something else.
  private static func canBeChosen(_ name: String) -> Bool {
    !name.isEmpty && name != "auto" && name.sanitized == name
      && !name.contains(where: \.isWhitespace)
  }

  /// Anything else, such as a pipe, could be waited for without end.
  private func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The paths of the user's own.
  var files: [String] { ownNames.map { "\(directory.path)/\($0).yaml" } }

  /// All names, those of the binary first.
  var names: [String] {
    let builtIn = Theme.names
    return builtIn + ownNames.filter { !builtIn.contains($0) }
  }

  /// Reads a theme anew, so that a file that is being edited shows what it says now.
  ///
  /// - Returns: The user's own of that name, else the binary's; nil where there is none.
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

  /// The theme that an option or a configuration names; `auto` goes by the background of the terminal,
  /// which `COLORFGBG` may tell, or the terminal itself later.
  ///
  /// - Throws: `CommandFailure` with the nearest name where there is no such theme.
  func choice(_ name: String, in environment: ProcessEnvironment) throws -> Selection {
    guard name == "auto" else { return try named(name) }
    if let isLight = environment.hasLightBackground { return try named(isLight ? "light" : "dark") }
    // The user's own are read now: the background is known on the main actor, which reads no file.
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

  /// The theme, or where it has a mistake the binary's of its name, or the standard one.
  private func usable(_ name: String) -> (theme: Theme, mistake: String?) {
    let substitute = Theme.builtIn(name) ?? .standard
    do {
      return (try theme(named: name) ?? substitute, nil)
    } catch {
      return (substitute, "\(error); shown in \(substitute.name)")
    }
  }
}
