/// A private mode of the terminal that is on while the screen is up (DECSET, `CSI ? n h`).
///
/// Curses does not know them and does not switch them off.
enum TerminalMode: Int, CaseIterable {
  /// The terminal reports when its window gains or loses focus.
  case focusReports = 1004
  /// Marks the start and the end of a paste.
  case bracketedPaste = 2004
  /// The terminal reports changes between dark and light colours.
  case themeReports = 2031

  /// Modes that are used only if the terminal reports that it supports them.
  static let asked: [TerminalMode] = [.focusReports, .themeReports]

  /// Asks about all of these (DECRQM); `init(report:)` reads each answer.
  static let question = asked.map { "\u{1B}[?\($0.rawValue)$p" }.joined()

  /// Switches all off.
  ///
  /// Terminals ignore unknown modes.
  static let allOff = allCases.map(\.off).joined()

  var on: String { "\u{1B}[?\(rawValue)h" }
  var off: String { "\u{1B}[?\(rawValue)l" }

  /// Reads `?1004;2$y`, the part of an answer after `CSI`; nil if the terminal does not know the
  /// mode, or can't switch it on.
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

/// The modes in use, which it switches on and off.
@MainActor
final class TerminalModes {
  private var used: [TerminalMode]
  private var isScreenUp = false
  private let isEmulator: Bool
  private let write: @MainActor (String) -> Void

  /// - Parameters:
  ///   - used: The modes that the terminal is known to support.
  ///   - isEmulator: Whether modes and questions mean anything to it; otherwise nothing is sent, and what
  ///     looks like its answers is ignored.
  ///   - write: Sends bytes to the terminal.
  init(
    using used: [TerminalMode],
    isEmulator: Bool = true,
    write: @escaping @MainActor (String) -> Void
  ) {
    self.used = used
    self.isEmulator = isEmulator
    self.write = write
  }

  /// Called when the screen opens: at the start, and when the program is continued.
  func switchOn() {
    isScreenUp = true
    write(used.map(\.on).joined())
  }

  /// Called when the screen closes; the caller switches the modes off.
  func screenWentDown() { isScreenUp = false }

  /// Sends a query whose answer comes between the keys, if the screen is open.
  func ask(_ question: String) {
    if isScreenUp, isEmulator { write(question) }
  }

  /// Called when the terminal reports, perhaps late, that it supports a mode.
  func use(_ mode: TerminalMode) {
    guard isEmulator, !used.contains(mode) else { return }
    used.append(mode)
    if isScreenUp { write(mode.on) }
  }
}
