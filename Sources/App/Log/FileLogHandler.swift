import Canvas
package import Logging

import struct FoundationEssentials.Date

/// Writes log lines to a file: time, level, source, message and what belongs to it.
///
/// Messages contain providers' words, so each line is sanitized and stays one line.
package struct FileLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level
  private let label: String
  private let file: LogFile

  package init(label: String, file: LogFile, level: Logger.Level) {
    self.label = label
    self.file = file
    logLevel = level
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let time = Date().formatted(.iso8601)
    file.append("\(time) \(event.level) \(label): \(event.message)\(pairs)".sanitized)
  }
}

extension Logger {
  /// A logger that writes to the file, or to nowhere.
  package init(label: String, file: LogFile?, level: Logger.Level) {
    self.init(label: label) { label in
      guard let file else { return SwiftLogNoOpLogHandler() }
      return FileLogHandler(label: label, file: file, level: level)
    }
  }
}
