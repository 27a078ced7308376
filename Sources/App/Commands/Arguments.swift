import ArgumentParser

/// The command line as it was typed, brought to the order in which the parser wants it.
struct Arguments {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// Global options may stand before the command: they are moved behind it.
  var inOrder: [String] {
    guard let place = commandPlace, place > 0, Self.commands.contains(words[place]) else {
      return words
    }
    return Array(words[place...] + words[..<place])
  }

  /// The word that stands where a command does and is none.
  var unknownCommand: String? {
    guard let place = commandPlace else { return nil }
    return Self.commands.contains(words[place]) ? nil : words[place]
  }

  static var commands: [String] {
    Wabatop.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  }

  /// Where the first word is that is neither a global option nor the value of one.
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

  private static let flags = ["--ascii", "--mask", "--plain"]

  private static let optionsWithValue = [
    "--config", "--theme", "--filter", "--color", "--log-file", "--log-level",
  ]
}
