/// Why something can't be remembered or looked up, by what can be done about it.
package enum HistoryError: Error, Hashable, Sendable {
  /// The directory is on a file system that other machines share.
  case networkFileSystem(path: String, type: String)
  /// A later version of wabatop wrote it.
  case newer(path: String)
  /// It is not what was written.
  case damaged(path: String)
  /// Another process kept it to itself for too long.
  case locked(path: String)
  case full(path: String)
  /// It can be neither made nor written: the reason in the system's words.
  case notWritable(path: String, reason: String)
  /// Anything else, in the engine's words.
  case failed(String)

  /// One sentence, with what to do about it where anything can be done.
  package var message: String {
    mayPass ? "Nothing is remembered for now: \(reason)." : "Nothing is remembered: \(reason)."
  }

  /// What is wrong, as the rest of a sentence.
  package var reason: String {
    switch self {
    case .networkFileSystem(let path, let type):
      """
      \(path) is on a network file system (\(type)), where a database breaks. \
      Set XDG_STATE_HOME to a local directory
      """
    case .newer(let path): "\(path) was written by a later version of wabatop"
    case .damaged(let path): "\(path) is damaged"
    case .locked(let path): "another process keeps \(path) locked"
    case .full(let path): "the disk of \(path) is full"
    case .notWritable(let path, let reason): "\(path) can't be written: \(reason)"
    case .failed(let words): words
    }
  }

  /// It may be over without anybody's doing, so it is worth another try.
  package var mayPass: Bool {
    switch self {
    case .locked, .full, .notWritable, .failed: true
    case .networkFileSystem, .newer, .damaged: false
    }
  }
}
