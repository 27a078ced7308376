/// The command line during typing: its text, completions and history.
package struct CommandPrompt: Hashable, Sendable {
  package private(set) var text: String
  private var cycle: Cycle?
  private var recall: Recall?

  init(_ text: String = "") { self.text = text }

  /// The typed text, which Tab completes.
  package var stem: String { cycle?.stem ?? text }

  /// The current completions, as whole lines.
  package var completions: [String] { cycle?.lines ?? [] }

  private struct Cycle: Hashable, Sendable {
    let stem: String
    let lines: [String]
    var place: Int
  }

  private struct Recall: Hashable, Sendable {
    let typed: String
    /// Counted from the latest line.
    var place: Int
  }
}

// Edits.
extension CommandPrompt {
  mutating func insert(_ typed: String) {
    self = CommandPrompt(text + typed.prefix(max(Self.longest - text.count, 0)))
  }

  /// Longer than any command or filter.
  static let longest = 1000

  mutating func deleteBackward() { self = CommandPrompt(String(text.dropLast())) }

  mutating func deleteWord() { self = CommandPrompt(text.withoutLastWord) }

  mutating func clear() { self = CommandPrompt() }

  /// Selects the first completion, or the next or previous one if Tab is pressed again.
  mutating func complete(among lines: [String], forward: Bool) {
    guard !lines.isEmpty else { return }
    recall = nil
    if let former = cycle, former.lines == lines {
      let step = forward ? 1 : lines.count - 1
      cycle?.place = (former.place + step) % lines.count
    } else {
      cycle = Cycle(stem: text, lines: lines, place: forward ? 0 : lines.count - 1)
    }
    if let cycle { text = lines[cycle.place] }
    // With a single completion, the next Tab completes the next word.
    if lines.count == 1 { cycle = nil }
  }

  /// Recalls earlier lines that start with the typed text.
  mutating func recall(from history: CommandHistory, older: Bool) {
    let typed = recall?.typed ?? text
    let lines = history.lines(beginningWith: typed)
    let place = (recall?.place ?? -1) + (older ? 1 : -1)
    guard place < lines.count, place >= -1 else { return }
    cycle = nil
    recall = place < 0 ? nil : Recall(typed: typed, place: place)
    text = place < 0 ? typed : lines[place]
  }
}

/// The command lines of this run.
package struct CommandHistory: Hashable, Sendable {
  /// The latest is last; without duplicates.
  package private(set) var lines: [String] = []

  private static let most = 200

  mutating func add(_ line: String) {
    guard !line.isEmpty else { return }
    lines.removeAll { $0 == line }
    lines.append(line)
    if lines.count > Self.most { lines.removeFirst() }
  }

  /// The latest first.
  func lines(beginningWith start: String) -> [String] {
    lines.reversed().filter { $0.hasPrefix(start) }
  }
}

extension String {
  /// Without the last word and trailing blanks, as after `^W`.
  var withoutLastWord: String {
    var rest = Substring(self)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    while let last = rest.last, !last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
