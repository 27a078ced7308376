import ArgumentParser

/// The command line in the order that the parser needs.
struct Arguments {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// Moves options from before the command to after it.
  ///
  /// Options that the command doesn't have are dropped there, since an alias with options is used
  /// for every command. After the command's name they are an error.
  var inOrder: [String] {
    guard let place = commandPlace, place > 0, Self.commands.contains(words[place]) else {
      return words
    }
    let command = words[place...]
    return command + optionsBefore(place).filter { Self.takes($0[0], command) }.flatMap(\.self)
  }

  /// Each with its value.
  private func optionsBefore(_ end: Int) -> [[String]] {
    var options: [[String]] = []
    var place = 0
    while place < end {
      let length = Self.optionsWithValue.contains(words[place]) ? 2 : 1
      options.append(Array(words[place..<(place + length)]))
      place += length
    }
    return options
  }

  /// Looks up the option in the command's help.
  private static func takes(_ option: String, _ words: ArraySlice<String>) -> Bool {
    guard let command = command(words) else { return true }
    let name = option.prefix { $0 != "=" }
    return Wabatop.helpMessage(for: command).contains("\n  \(name) ")
  }

  /// The innermost command that the words name; nil for `help`.
  private static func command(_ words: ArraySlice<String>) -> (any ParsableCommand.Type)? {
    var command: any ParsableCommand.Type = Wabatop.self
    for word in words {
      let subcommands = command.configuration.subcommands
      guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
        break
      }
      command = next
    }
    return command == Wabatop.self ? nil : command
  }

  /// The first word in a command's place that is not a command.
  var unknownCommand: String? {
    guard let place = commandPlace else { return nil }
    return Self.commands.contains(words[place]) ? nil : words[place]
  }

  static var commands: [String] {
    Wabatop.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  }

  /// The index of the first word that is neither a global option nor its value.
  private var commandPlace: Int? {
    var place = 0
    while place < words.count, words[place].hasPrefix("--") {
      let takesNext = Self.optionsWithValue.contains(words[place])
      guard takesNext || isWhole(words[place]) else { return nil }
      place += takesNext ? 2 : 1
    }
    return place < words.count && !words[place].hasPrefix("-") ? place : nil
  }

  private func isWhole(_ word: String) -> Bool {
    Self.flags.contains(word) || Self.optionsWithValue.contains { word.hasPrefix($0 + "=") }
  }

  private static let flags = ["--ascii", "--mask", "--no-state", "--plain"]

  private static let optionsWithValue = [
    "--config", "--theme", "--filter", "--color", "--log-file", "--log-level",
  ]
}
