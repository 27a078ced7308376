/// Why a command could not do its work, as one sentence.
struct CommandFailure: Error {
  let text: String

  init(_ text: String) { self.text = text }
}

extension ProcessStatus: Error {}
