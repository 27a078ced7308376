import Health
import Synchronization

/// What is known about the channels, for as long as the account is configured.
final class Dialog360Memory: Sendable {
  private struct Known {
    /// The first phone number id of each key.
    var identities: [String: String] = [:]
    /// The digits of each channel's number.
    var numbers: [String: String] = [:]
    var seen: Set<String> = []
    var refusesFields: Set<String> = []
    /// The channel whose key reads a WABA's templates.
    var templateReaders: [String: String] = [:]
  }

  private let known = Mutex(Known())

  /// The first id that the channel's key answered for; nil if it has sent none.
  func learn(_ report: HealthReport, of channel: String) -> String? {
    known.withLock { known in
      known.seen.insert(channel)
      if let digits = report.facts.displayNumber?.digits, !digits.isEmpty {
        known.numbers[channel] = digits
      }
      guard let id = report.phoneNumberID else { return known.identities[channel] }
      let first = known.identities[channel] ?? id
      known.identities[channel] = first
      return first
    }
  }

  /// The digits of the numbers that channels answer for.
  var knownNumbers: Set<String> { known.withLock { Set($0.numbers.values) } }

  /// Whether nothing has tried to find out the channel's number yet.
  func isUnseen(_ channel: String) -> Bool { known.withLock { !$0.seen.contains(channel) } }

  func markSeen(_ channel: String) { _ = known.withLock { $0.seen.insert(channel) } }

  func refusesFields(_ channel: String) -> Bool {
    known.withLock { $0.refusesFields.contains(channel) }
  }

  func rememberRefusedFields(of channel: String) {
    _ = known.withLock { $0.refusesFields.insert(channel) }
  }

  /// Whether this channel reads the WABA's templates.
  func claimTemplates(of waba: String, for channel: String) -> Bool {
    known.withLock { known in
      let reader = known.templateReaders[waba] ?? channel
      known.templateReaders[waba] = reader
      return reader == channel
    }
  }
}
