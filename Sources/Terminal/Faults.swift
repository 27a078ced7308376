import CNcurses

/// Handling of faults in the program itself, such as traps.
package enum Faults {
  /// Makes a fault end the process at once, with the terminal restored and one sentence, unless the
  /// environment variable `SWIFT_BACKTRACE` is set.
  package static func endQuietly() { cn_end_quietly_on_faults() }
}
