import Canvas

/// Input from curses: a character, or the number of a key.
enum RawInput: Hashable, Sendable {
  case character(UInt32)
  case key(UInt32)
  case mouse(MouseEvent)
}

/// Turns curses' input into keys.
///
/// Escape sequences that the terminal database does not know arrive in pieces, and their letters
/// would act as commands. So an unknown sequence is dropped completely, and an incomplete one is
/// held until its end or until `flush()`. The same applies to a terminal's reports and to pastes.
struct KeyDecoder {
  /// Reports of the terminal that were read between keys.
  private var reports: [TerminalReport] = []
  /// The start of a string that the terminal sends, such as the answer about its background.
  private var string: TerminalString?
  /// The text of an incomplete paste.
  private var pasted: [Unicode.Scalar]?
  /// The start of an incomplete sequence.
  private var held: [RawInput] = []

  /// More than a prompt accepts; the rest is dropped.
  private static let longestPaste = 10_000

  /// Whether something is incomplete.
  var isHolding: Bool { !held.isEmpty || pasted != nil || string != nil }

  /// Stops waiting: held input becomes keys, and a paste is complete.
  mutating func flush() -> [KeyEvent] {
    if let pasted {
      self.pasted = nil
      return [.paste(Self.text(pasted))]
    }
    string = nil
    defer { held = [] }
    // Nobody types the start of an answer.
    if held.count > 2, held[1...2] == Self.answerStart[...] { return [] }
    return held.compactMap { input in
      guard case .character(let code) = input else { return nil }
      return code == 0x1B ? .escape : Self.key(of: code)
    }
  }

  /// Returns and clears the reports since the last call.
  mutating func takeReports() -> [TerminalReport] {
    defer { reports = [] }
    return reports
  }

  mutating func keys(from inputs: [RawInput]) -> [KeyEvent] {
    var keys: [KeyEvent] = []
    let inputs = held + inputs
    held = []
    var rest = inputs[...]
    if string != nil { takeString(from: &rest) }
    while let input = rest.popFirst() {
      if pasted != nil {
        if let text = take(input) { keys.append(text) }
        continue
      }
      if input == .character(0x1B), let beginning = TerminalString(beginning: rest.prefix(16)) {
        string = beginning
        rest = rest.dropFirst()
        takeString(from: &rest)
        continue
      }
      switch input {
      case .mouse(let event): keys.append(.mouse(event))
      case .key(CursesKey.pasteBegin): pasted = []
      case .key(let code):
        if let key = CursesKey.event(code) { keys.append(key) }
      case .character(0x1B):
        switch Self.sequence(rest) {
        case .whole(let length):
          let text = Self.text(of: rest.prefix(length))
          if let report = TerminalReport(controlSequence: text) {
            reports.append(report)
          } else if let key = CursesKey.event(of: text) {
            keys.append(key)
          }
          rest = rest.dropFirst(length)
        case .incomplete:
          held = [input] + rest
          rest = []
        case .none: keys.append(.escape)
        }
      case .character(let code):
        if let key = Self.key(of: code) { keys.append(key) }
      }
    }
    return keys
  }

  /// Adds to the paste; returns it at its end.
  ///
  /// `^C` ends it too, in case the end was lost.
  private mutating func take(_ input: RawInput) -> KeyEvent? {
    switch input {
    case .key(CursesKey.pasteEnd), .character(0x03):
      defer { pasted = nil }
      return input == .character(0x03) ? .control("c") : .paste(Self.text(pasted ?? []))
    case .character(let code):
      guard let scalar = Unicode.Scalar(code), (pasted?.count ?? 0) < Self.longestPaste else {
        return nil
      }
      pasted?.append(code < 0x20 || code == 0x7F ? " " : scalar)
    case .key, .mouse: break
    }
    return nil
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  /// Consumes the string up to its end; what follows is keys again.
  private mutating func takeString(from rest: inout ArraySlice<RawInput>) {
    while let input = rest.first, string != nil {
      guard case .character(let code) = input else {
        // Only what a person presses has a number.
        string = nil
        return
      }
      switch string?.take(code) {
      case .more: rest.removeFirst()
      case .end:
        rest.removeFirst()
        if let color = string?.background { reports.append(.background(color)) }
        string = nil
      case .broken, nil:
        // The escape that seemed to end it begins another sequence.
        if string?.isEnding == true { rest = ([.character(0x1B)] + rest)[...] }
        string = nil
      }
    }
  }

  private static func key(of code: UInt32) -> KeyEvent? {
    switch code {
    case 0x08, 0x7F: return .backspace
    case 0x09: return .tab
    case 0x0A, 0x0D: return .enter
    case 0x01...0x1A: return Unicode.Scalar(code + 0x60).map { .control(Character($0)) }
    case 0x00, 0x1C...0x1F, 0x80...0x9F: return nil
    default: return Unicode.Scalar(code).map { .character(Character($0)) }
    }
  }

  /// What follows an escape.
  private enum Sequence {
    /// `[ … final` or `O final`, of so many characters.
    case whole(length: Int)
    /// The start of one, or of an answer, with nothing after it.
    case incomplete
    /// Something else: the escape is a key.
    case none
  }

  /// Longer than any answer.
  private static let longestSequence = 1024
  /// `[?`, after the escape.
  private static let answerStart: [RawInput] = [.character(0x5B), .character(0x3F)]

  private static func sequence(_ rest: ArraySlice<RawInput>) -> Sequence {
    let codes = rest.prefix(longestSequence).map { input -> UInt32? in
      guard case .character(let code) = input else { return nil }
      return code
    }
    switch codes.first {
    case UInt32(UInt8(ascii: "O")):
      guard codes.count > 1 else { return .incomplete }
      return codes[1].map(isFinal) == true ? .whole(length: 2) : .none
    case UInt32(UInt8(ascii: "[")):
      for (offset, code) in codes.enumerated().dropFirst() {
        guard let code, (0x20...0x7E).contains(code) else { return .none }
        if isFinal(code) { return .whole(length: offset + 1) }
      }
      return codes.count < longestSequence ? .incomplete : .whole(length: longestSequence)
    default:
      return TerminalString.mayBegin(rest) ? .incomplete : .none
    }
  }

  private static func text(of sequence: ArraySlice<RawInput>) -> String {
    let scalars = sequence.compactMap { input -> Unicode.Scalar? in
      guard case .character(let code) = input else { return nil }
      return Unicode.Scalar(code)
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func isFinal(_ code: UInt32) -> Bool { (0x40...0x7E).contains(code) }
}

/// Curses' numbers of keys, from curses.h, where they are octal too.
enum CursesKey {
  static let mouse: UInt32 = 0o631
  /// Our own numbers, above those of curses.
  static let pasteBegin: UInt32 = 0o2001
  static let pasteEnd: UInt32 = 0o2002
  static let down: UInt32 = 0o402
  static let up: UInt32 = 0o403
  static let left: UInt32 = 0o404
  static let right: UInt32 = 0o405
  static let home: UInt32 = 0o406
  static let delete: UInt32 = 0o512
  static let pageDown: UInt32 = 0o522
  static let pageUp: UInt32 = 0o523
  static let backtab: UInt32 = 0o541
  static let end: UInt32 = 0o550

  /// The key of a sequence without its escape, for sequences that did not pass through curses.
  static func event(of sequence: String) -> KeyEvent? {
    definitions.first { $0.sequence.dropFirst() == sequence }.flatMap { event($0.code) }
  }

  /// The key of a number; nil for unused keys.
  static func event(_ code: UInt32) -> KeyEvent? {
    if (0o411...0o424).contains(code) { return .function(Int(code - 0o410)) }
    return events[code]
  }

  private static let events: [UInt32: KeyEvent] = [
    down: .down, up: .up, left: .left, right: .right, home: .home, end: .end,
    pageDown: .pageDown, pageUp: .pageUp, delete: .delete, backtab: .backtab,
    0o407: .backspace, 0o513: .insert, 0o527: .enter,
    // The corners of the numeric keypad.
    0o534: .home, 0o535: .pageUp, 0o537: .end, 0o540: .pageDown,
  ]

  /// Sequences that terminals send but their database entries lack.
  static let definitions: [(sequence: String, code: UInt32)] = [
    ("\u{1B}[200~", pasteBegin), ("\u{1B}[201~", pasteEnd),
    ("\u{1B}[A", up), ("\u{1B}[B", down), ("\u{1B}[C", right), ("\u{1B}[D", left),
    ("\u{1B}OA", up), ("\u{1B}OB", down), ("\u{1B}OC", right), ("\u{1B}OD", left),
    ("\u{1B}[H", home), ("\u{1B}OH", home), ("\u{1B}[1~", home), ("\u{1B}[7~", home),
    ("\u{1B}[F", end), ("\u{1B}OF", end), ("\u{1B}[4~", end), ("\u{1B}[8~", end),
    ("\u{1B}[3~", delete), ("\u{1B}[5~", pageUp), ("\u{1B}[6~", pageDown), ("\u{1B}[Z", backtab),
    ("\u{1B}OP", 0o411), ("\u{1B}[11~", 0o411), ("\u{1B}OQ", 0o412), ("\u{1B}[12~", 0o412),
    ("\u{1B}OR", 0o413), ("\u{1B}[13~", 0o413), ("\u{1B}OS", 0o414), ("\u{1B}[14~", 0o414),
  ]
}
