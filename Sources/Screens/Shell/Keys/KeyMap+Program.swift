import Canvas

extension KeyMap {
  static let program = [
    KeyBinding(
      [.character("?"), .function(1)],
      .help,
      "help",
      "every key of this view",
      .program,
      hint: "help"
    ),
    KeyBinding(
      [],
      .typeCommand("view "),
      "view",
      "another view, by its name",
      .program,
      takes: .view
    ),
    KeyBinding(
      [],
      .showMessages,
      "messages",
      "all messages of this run",
      .program
    ),
    KeyBinding(
      [.control("r")],
      .reloadConfiguration,
      "reload",
      "read the configuration again; a change of the file does so too",
      .program
    ),
    KeyBinding(
      [.control("z")],
      .suspend,
      "suspend",
      "suspend; fg brings it back",
      .program
    ),
    KeyBinding(
      [.character("q"), .control("c")],
      .quit,
      "quit",
      "close help, a menu, an answer; else quit, at any depth; also :q",
      .program,
      hint: "quit"
    ),
  ]
}
