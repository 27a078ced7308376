import Canvas

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Asks the terminal for its background colour and supported modes, before curses starts.
///
/// The last query asks for device attributes, which nearly every terminal answers. When that answer
/// arrives, no other will follow, so there is no need to wait longer.
enum TerminalQuery {
  /// OSC 11.
  static let backgroundQuestion = "\u{1B}]11;?\u{1B}\\"
  /// The last is DA1.
  private static let question = backgroundQuestion + TerminalMode.question + "\u{1B}[c"

  /// Asks, and waits for the answers for a limited time.
  ///
  /// On a slow connection the answer comes later, between keys, where the decoder finds it.
  ///
  /// - Parameters:
  ///   - input: The terminal to read from, which is also standard output.
  ///   - timeLimit: The time limit.
  /// - Returns: The terminal's answers, and the keys that were pressed meanwhile.
  static func ask(_ input: Int32, timeLimit: Duration = .milliseconds(300)) -> TerminalAnswer {
    var answer = TerminalAnswer()
    var modes = termios()
    guard tcgetattr(input, &modes) == 0 else { return answer }
    var silent = modes
    // The answer is not echoed and not held until a line ends; ^C still ends the program.
    silent.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(input, TCSANOW, &silent) == 0 else { return answer }
    defer { tcsetattr(input, TCSANOW, &modes) }
    guard write(STDOUT_FILENO, question, question.utf8.count) == question.utf8.count
    else { return answer }
    let clock = ContinuousClock()
    let deadline = clock.now + timeLimit
    while !answer.isComplete, isReadable(input, within: deadline - clock.now) {
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = read(input, &bytes, bytes.count)
      guard count > 0 else { break }
      answer.receive(bytes[..<count])
    }
    return answer
  }

  private static func isReadable(_ descriptor: Int32, within time: Duration) -> Bool {
    let milliseconds = Int32(max(time / .milliseconds(1), 0))
    var query = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return milliseconds > 0 && poll(&query, 1, milliseconds) > 0
  }
}

/// Parses a terminal's answers byte by byte.
struct TerminalAnswer {
  /// Nil if the terminal does not report it.
  private(set) var background: Color?
  /// The modes that the terminal reports as supported.
  private(set) var modes: [TerminalMode] = []
  /// Whether no more answers will follow.
  private(set) var isComplete = false
  /// Keys that were pressed meanwhile.
  private(set) var keys: [UInt8] = []
  private var state = State.plain

  /// All that is not an answer: the keys, then the start of an answer whose rest is still to come.
  var rest: [UInt8] {
    switch state {
    case .plain: keys
    case .escape: keys + [Self.escape]
    case .control(let parameters): keys + [Self.escape, UInt8(ascii: "[")] + parameters
    case .text(let text, let isEnding):
      keys + [Self.escape, UInt8(ascii: "]")] + text + (isEnding ? [Self.escape] : [])
    }
  }

  private enum State {
    case plain
    case escape
    /// `ESC [ …`, without the introducer.
    case control([UInt8])
    /// `ESC ] …`, and whether an escape may be ending it.
    case text([UInt8], isEnding: Bool)
  }

  mutating func receive(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { receive(byte) }
  }

  private mutating func receive(_ byte: UInt8) {
    switch state {
    case .plain:
      if byte == Self.escape { state = .escape } else { keys.append(byte) }
    case .escape: begin(byte)
    case .control(let parameters): receive(byte, after: parameters)
    case .text(let text, let isEnding): receive(byte, after: text, isEnding: isEnding)
    }
  }

  private mutating func begin(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): state = .control([])
    case UInt8(ascii: "]"): state = .text([], isEnding: false)
    default:
      keys += [Self.escape, byte]
      state = .plain
    }
  }

  private mutating func receive(_ byte: UInt8, after parameters: [UInt8]) {
    guard (0x40...0x7E).contains(byte) else {
      state = .control(parameters + [byte])
      return
    }
    state = .plain
    if byte == UInt8(ascii: "c"), parameters.first == UInt8(ascii: "?") {
      isComplete = true
    } else if byte == UInt8(ascii: "y"), parameters.last == UInt8(ascii: "$") {
      let report = String(decoding: parameters + [byte], as: UTF8.self)
      if let mode = TerminalMode(report: report) { modes.append(mode) }
    } else {
      keys += [Self.escape, UInt8(ascii: "[")] + parameters + [byte]
    }
  }

  private mutating func receive(_ byte: UInt8, after text: [UInt8], isEnding: Bool) {
    switch byte {
    case Self.bell: end(text)
    case UInt8(ascii: "\\") where isEnding: end(text)
    case Self.escape: state = .text(text, isEnding: true)
    default: state = .text(text + [byte], isEnding: false)
    }
  }

  private mutating func end(_ text: [UInt8]) {
    state = .plain
    background = Color(backgroundAnswer: String(decoding: text, as: UTF8.self)) ?? background
  }

  private static let escape: UInt8 = 0x1B
  private static let bell: UInt8 = 0x07
}

extension Color {
  /// Reads `11;rgb:ffff/ffff/ffff`, where a component has one to four digits (XParseColor).
  init?(backgroundAnswer text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "11;rgb" || parts[0] == "11;rgba" else { return nil }
    let components = parts[1].split(separator: "/", omittingEmptySubsequences: false)
      .map(Self.component)
    guard components.count >= 3, let red = components[0], let green = components[1],
      let blue = components[2]
    else { return nil }
    self = .rgb(red: red, green: green, blue: blue)
  }

  private static func component(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.count), digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    let largest = UInt32(1) << (4 * UInt32(digits.count)) - 1
    return UInt8((value * 255 + largest / 2) / largest)
  }
}
