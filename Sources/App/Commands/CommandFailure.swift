import Configuration

/// One sentence on why a command failed.
struct CommandFailure: Error {
  let text: String

  /// The text may contain parts of files or input, so it is made printable line by line.
  init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.text = lines.map { String($0).singleLine }.joined(separator: "\n")
  }
}
