extension KeyBinding {
  /// A view as keys see it: each has a name, a digit, and keys that work there.
  package struct Place: Sendable {
    /// As the command line has it.
    package let name: String
    /// What its digit asks for.
    package let command: Command
    /// One line for the help screen and the README.
    let help: String
    let need: Need
    /// It is about the numbers that the filter lets through, as against all of them.
    package let isFiltered: Bool
    /// It can show the past too.
    package let isOfAnyTime: Bool

    init(
      _ name: String,
      _ command: Command,
      _ help: String,
      needs need: Need = .nothing,
      isFiltered: Bool = false,
      isOfAnyTime: Bool = true
    ) {
      self.name = name
      self.command = command
      self.help = help
      self.need = need
      self.isFiltered = isFiltered
      self.isOfAnyTime = isOfAnyTime
    }

    /// As a tab says it.
    var title: String { name.prefix(1).uppercased() + name.dropFirst() }
  }
}

extension KeyBinding.Place: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
