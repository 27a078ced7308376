import Health
import Monitor

/// What a typed line means and what it may become: out of the one table, like the keys.
package enum CommandWords {
  /// Other words for the same.
  private static let aliases = ["q": "quit", "h": "help"]

  /// What Enter does with a line.
  package static func meaning(of line: String, in state: ScreenState) -> CommandMeaning {
    let (word, argument) = split(line)
    guard !word.isEmpty else { return .nothing }
    guard let binding = binding(named: word) else {
      let names = KeyMap.bindings.map(\.name)
      return .mistake("There is no command \(word)\(suggestion(for: word, among: names))")
    }
    guard binding.places.contains(state.room.place) else {
      return .mistake("\(word) works in \(KeyMap.placeNames(of: binding)).")
    }
    if let reason = binding.reasonDisabled(in: state) { return .mistake("\(word): \(reason).") }
    guard let argument else { return .command(KeyMap.command(of: binding, in: state)) }
    guard let kind = binding.argument else {
      return .mistake("\(word) takes nothing behind it.")
    }
    return meaning(of: argument, as: kind, in: state)
  }

  /// The whole lines that a line may become, in order; a single one has the blank that its argument
  /// needs.
  package static func completions(of line: String, in state: ScreenState) -> [String] {
    guard let blank = line.firstIndex(of: " ") else {
      let place = state.room.place
      let found = KeyMap.bindings(in: place).filter { $0.name.hasPrefix(line) }
      if found.count == 1, found[0].argument != nil { return [found[0].name + " "] }
      return found.map(\.name).sorted()
    }
    guard let kind = binding(named: String(line[..<blank]))?.argument else { return [] }
    let argument = line[blank...].drop { $0 == " " }
    // Of a filter, its last word.
    let last = argument.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    let start = line.dropLast(last.count)
    return words(kind, in: state).filter { $0.hasPrefix(last) }.map { start + $0 }
  }

  /// The entry that a word names.
  static func binding(named word: String) -> KeyBinding? {
    KeyMap.bindings.first { $0.name == aliases[word] ?? word }
  }

  private static func words(_ kind: KeyBinding.Argument, in state: ScreenState) -> [String] {
    switch kind {
    case .view: KeyMap.bindings.filter(\.isView).map(\.name)
    case .column: ListColumn.sortable.map(\.name)
    case .theme: state.shell.themes.names
    case .filter, .muted:
      Filter.vocabulary + state.filtering.saved.names.map { "=" + $0 }
    case .time: TimeWords.examples
    case .kind: ["all"] + EventKind.allCases.map(\.rawValue)
    case .comment: []
    }
  }

  private static func meaning(
    of argument: String,
    as kind: KeyBinding.Argument,
    in state: ScreenState
  ) -> CommandMeaning {
    switch kind {
    case .filter: return meaning(ofFilter: argument)
    case .time: return meaning(ofTime: argument, in: state)
    case .comment: return .command(.acknowledgeBecause(argument))
    case .muted: return .command(.muteFilter(argument))
    case .view, .column, .theme, .kind: break
    }
    let words = words(kind, in: state)
    guard words.contains(argument) else {
      return .mistake(mistake(about: argument, as: kind.noun, among: words))
    }
    switch kind {
    case .view: return meaning(of: argument, in: state)
    case .column:
      let column = ListColumn.sortable.first { $0.name == argument }
      return column.map { .command(.sort($0)) } ?? .nothing
    case .kind: return .command(.showKind(EventKind(rawValue: argument)))
    case .theme, .filter, .time, .comment, .muted: return .command(.theme(argument))
    }
  }

  private static func meaning(
    ofTime argument: String,
    in state: ScreenState
  ) -> CommandMeaning {
    let isUTC = state.shell.timeFormat != .local
    guard let words = TimeWords(argument) else {
      return .mistake("at takes \(TimeWords.forms).")
    }
    if words == .now { return .command(.returnToPresent) }
    guard let date = words.date(at: state.now.date, isUTC: isUTC) else {
      return .mistake("There is no such day.")
    }
    guard date <= state.now.date else { return .mistake("That is yet to come.") }
    return .command(.travel(.to(date)))
  }

  /// A filter, or a name for the one in force.
  private static func meaning(ofFilter argument: String) -> CommandMeaning {
    let words = argument.split(separator: " ")
    guard words.first == "save" else { return .command(.filter(argument)) }
    guard words.count == 2, SavedFilters.isName(String(words[1])) else {
      return .mistake("filter save takes a name of letters, digits, - and _.")
    }
    return .command(.saveFilter(String(words[1])))
  }

  private static func split(_ line: String) -> (word: String, argument: String?) {
    let words = line.drop { $0 == " " || $0 == ":" }.split(separator: " ", maxSplits: 1)
    let argument = words.dropFirst().first.map { $0.split(separator: " ").joined(separator: " ") }
    return (words.first.map(String.init) ?? "", argument.flatMap { $0.isEmpty ? nil : $0 })
  }

  /// With the nearest name; without one, all that there are, which is what the operator needs.
  private static func mistake(
    about word: String,
    as noun: String,
    among names: [String]
  ) -> String {
    let near = nearest(to: word, among: names)
    return near == nil
      ? "\(noun.prefix(1).uppercased())\(noun.dropFirst())s: \(names.joined(separator: ", "))."
      : "There is no \(noun) \(word)\(suggestion(for: word, among: names))"
  }

  private static func suggestion(for word: String, among names: [String]) -> String {
    nearest(to: word, among: names).map { ": did you mean \($0)?" } ?? "."
  }

  /// The nearest name, or one that begins like it.
  private static func nearest(to word: String, among names: [String]) -> String? {
    NearestName.of(word, among: names) ?? names.first { $0.hasPrefix(word) }
  }
}

extension KeyBinding.Argument {
  fileprivate var noun: String {
    switch self {
    case .view: "view"
    case .column: "column"
    case .filter: "filter"
    case .theme: "theme"
    case .time: "time"
    case .kind: "kind"
    case .comment: "comment"
    case .muted: "filter"
    }
  }
}
