/// The command line while it is being typed: its text, what Tab goes through, what ↑ recalls.
package struct CommandPrompt: Hashable, Sendable {
  package private(set) var text: String
  private var cycle: Cycle?
  private var recall: Recall?

  init(_ text: String = "") { self.text = text }

  /// What Tab completes: the text as it was typed, however far Tab has gone through its completions.
  package var stem: String { cycle?.stem ?? text }

  /// What Tab goes through at the moment, as whole lines.
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

// What typing does to it.
extension CommandPrompt {
  mutating func insert(_ typed: String) {
    self = CommandPrompt(text + typed.prefix(max(Self.longest - text.count, 0)))
  }

  /// No command is longer, and neither is a filter.
  static let longest = 1000

  mutating func deleteBackward() { self = CommandPrompt(String(text.dropLast())) }

  mutating func deleteWord() { self = CommandPrompt(text.withoutLastWord) }

  mutating func clear() { self = CommandPrompt() }

  /// Takes the first of the lines, or when Tab goes on through them, the next or the previous one.
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
    // There is nothing to go through: what follows is the completion of what comes next.
    if lines.count == 1 { cycle = nil }
  }

  /// Goes through earlier lines that begin with what was typed, and back to that.
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
  /// The latest is last, and none is there twice.
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
  /// What `^W` leaves: without the last word and the blanks behind it.
  var withoutLastWord: String {
    var rest = Substring(self)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    while let last = rest.last, !last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
