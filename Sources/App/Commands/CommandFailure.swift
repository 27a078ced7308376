import Configuration

/// Why a command could not do its work, as one sentence.
struct CommandFailure: Error {
  let text: String

  /// What stands in files or was typed may be in it, so it is made printable line by line.
  init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.text = lines.map { String($0).singleLine }.joined(separator: "\n")
  }
}

extension ProcessStatus: Error {}
