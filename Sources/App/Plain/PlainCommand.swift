import Health
import Monitor
import Screens

/// A command that is typed in plain mode.
enum PlainCommand: Hashable {
  case nothing
  case help
  /// Numbers in these states, or that pass this filter; empty means those that aren't fine.
  case list(String)
  case show(String)
  case causes
  case accounts
  case filter(String)
  /// Nil means all numbers.
  case poll(String?)
  case reload
  case quit
  case mistake(String)

  private static let words: [(name: String, argument: String?, help: String)] = [
    ("list", "[WHAT]", "numbers that aren't fine; or blocked, limited, unknown, all, a filter"),
    ("show", "NUMBER", "one number, with its causes and what to do"),
    ("causes", nil, "causes, by how many numbers they hit"),
    ("accounts", nil, "the state of each account"),
    ("filter", "[EXPR]", "print changes of these numbers only; without a filter, of all"),
    ("poll", "[NUMBER]", "poll a number, or all, now"),
    ("reload", nil, "read the configuration again"),
    ("help", nil, "these lines"),
    ("quit", nil, "leave"),
  ]

  init(_ line: String) {
    // Input files may have other line ends.
    let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let word = parts.first.map { $0.lowercased() } ?? ""
    let text = parts.dropFirst().first.map { String($0).trimmingWhitespace() } ?? ""
    switch (word, text) {
    case ("", _): self = .nothing
    case ("help", ""), ("?", ""): self = .help
    case ("list", _): self = .list(text)
    case ("show", ""): self = .mistake("show takes a number, as in: show +447700900131")
    case ("show", _): self = .show(text)
    case ("causes", ""): self = .causes
    case ("accounts", ""): self = .accounts
    case ("filter", _): self = .filter(text)
    case ("poll", _): self = .poll(text.isEmpty ? nil : text)
    case ("reload", ""): self = .reload
    case ("quit", ""), ("q", ""), ("exit", ""): self = .quit
    default: self = Self.unknown(word)
    }
  }

  private static func unknown(_ word: String) -> Self {
    let names = words.map(\.name)
    if names.contains(word) { return .mistake("\(word) takes no argument") }
    let suggestion = NearestName.suggestion(for: word, among: names)
    let advice = suggestion.isEmpty ? "; try help" : suggestion
    return .mistake("there is no command \"\(word)\"\(advice)")
  }

  /// A line for each command.
  static var helpLines: [String] {
    words.map { word in
      "\([word.name, word.argument].compactMap(\.self).joined(separator: " ")): \(word.help)"
    }
  }
}
