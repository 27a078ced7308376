/// A private mode of the terminal that is on while the screen is up (DECSET, `CSI ? n h`).
///
/// Curses knows none of them and switches none of them off.
enum TerminalMode: Int, CaseIterable {
  /// The terminal says when its window gets or loses the keyboard.
  case focusReports = 1004
  /// Marks where a paste begins and ends.
  case bracketedPaste = 2004
  /// The terminal says when it changes between dark and light colours.
  case themeReports = 2031

  /// Those that are used only where the terminal says that it knows them.
  static let asked: [TerminalMode] = [.focusReports, .themeReports]

  /// Asks for all of these (DECRQM); the answer to each is read by `init(report:)`.
  static let question = asked.map { "\u{1B}[?\($0.rawValue)$p" }.joined()

  /// Switches all off.
  ///
  /// A terminal that does not know one ignores that.
  static let allOff = allCases.map(\.off).joined()

  var on: String { "\u{1B}[?\(rawValue)h" }
  var off: String { "\u{1B}[?\(rawValue)l" }

  /// Reads `?1004;2$y`, what follows `CSI` in an answer; nil where the terminal does not know the mode, or
  /// can't switch it on.
  init?(report: some StringProtocol) {
    guard report.hasPrefix("?"), report.hasSuffix("$y") else { return nil }
    let parts = report.dropFirst().dropLast(2).split(separator: ";")
    // 1 and 2: on or off now; 3: always on. 0 is not known, 4 is always off.
    guard parts.count == 2, ["1", "2", "3"].contains(parts[1]), let number = Int(parts[0]) else {
      return nil
    }
    self.init(rawValue: number)
  }
}

/// The modes that are in use, and what switches them on and off again.
@MainActor
final class TerminalModes {
  private var used: [TerminalMode]
  private var isScreenUp = false
  private let write: @MainActor (String) -> Void

  /// - Parameters:
  ///   - used: Those that the terminal is known to have.
  ///   - write: Sends bytes to the terminal.
  init(using used: [TerminalMode], write: @escaping @MainActor (String) -> Void) {
    self.used = used
    self.write = write
  }

  /// The screen comes up: at the start, and when the program is continued.
  func switchOn() {
    isScreenUp = true
    write(used.map(\.on).joined())
  }

  /// The terminal belongs to another program from now on; whoever takes it away switches the modes off.
  func screenWentDown() { isScreenUp = false }

  /// Sends a question whose answer comes between the keys, unless nobody would read it.
  func ask(_ question: String) {
    if isScreenUp { write(question) }
  }

  /// The terminal says, perhaps late, that it knows a mode.
  func use(_ mode: TerminalMode) {
    guard !used.contains(mode) else { return }
    used.append(mode)
    if isScreenUp { write(mode.on) }
  }
}
