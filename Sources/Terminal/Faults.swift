import CNcurses

/// What a fault in the program itself does, such as a trap.
package enum Faults {
  /// Ends the process at once, with the terminal as it was and one sentence, unless the environment
  /// variable `SWIFT_BACKTRACE` says otherwise.
  package static func endQuietly() { cn_end_quietly_on_faults() }
}
