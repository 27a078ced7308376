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
  /// A number or a cause, and why.
  case acknowledge(String, comment: String)
  case takeBack(String)
  /// A filter, and until when.
  case mute(String, until: String)
  case unmute(String)
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
    ("ack", "NUMBER [TEXT]", "acknowledge a number, or a cause by its id, and why"),
    ("unack", "NUMBER", "take that back"),
    ("mute", "FILTER [for TIME]", "mute the numbers that pass a filter, for 2h"),
    ("unmute", "FILTER", "end that"),
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
    case ("ack", ""), ("unack", ""):
      self = .mistake("\(word) takes a number, as in: \(word) +447700900131")
    case ("ack", _):
      let words = text.split(separator: " ", maxSplits: 1).map(String.init)
      self = .acknowledge(words[0], comment: words.count > 1 ? words[1] : "")
    case ("unack", _): self = .takeBack(text)
    case ("mute", ""), ("unmute", ""):
      self = .mistake("\(word) takes a filter, as in: \(word) account=acme")
    case ("mute", _):
      let parts = text.components(atLast: " for ")
      self = .mute(parts.before, until: parts.after ?? "2h")
    case ("unmute", _): self = .unmute(text)
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

extension String {
  /// What is before and behind the last place of a text; nil behind it if it is not there.
  fileprivate func components(atLast text: String) -> (before: String, after: String?) {
    guard let place = ranges(of: text).last else { return (self, nil) }
    return (String(self[..<place.lowerBound]), String(self[place.upperBound...]))
  }
}
