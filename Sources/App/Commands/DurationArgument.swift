import ArgumentParser
import Configuration

/// `30s`, `5m`, `1h` or `25ms` on the command line.
struct DurationArgument: ExpressibleByArgument, Sendable {
  let duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  init?(argument: String) {
    guard let duration = ScalarForms.duration(argument), duration > .zero else { return nil }
    self.duration = duration
  }

  var defaultValueDescription: String { ScalarForms.text(of: duration) }
}
