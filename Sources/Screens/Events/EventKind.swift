import Health
import Monitor

/// The kinds of events that can be shown alone, by the word that is typed.
package enum EventKind: String, Hashable, Sendable, CaseIterable {
  /// Numbers that turned worse or began to flap, accounts that fail, templates in trouble.
  case faults
  /// Numbers that are available again, accounts that answer again.
  case recoveries
  case accounts
  case templates
  /// That numbers came or went.
  case numbers
  /// Acknowledgements and mutes.
  case notes
  /// Runs, gaps and reloads.
  case wabatop

  func includes(_ event: JournalEvent) -> Bool {
    switch event.kind {
    case .states(_, let to):
      self == .faults && event.isIncident || self == .recoveries && to == .available
    case .flapping: self == .faults
    case .steady(let state): self == .recoveries && state == .available
    case .failing: self == .accounts || self == .faults
    case .answering: self == .accounts || self == .recoveries
    case .template: self == .templates || self == .faults && event.isIncident
    case .appeared, .vanished: self == .numbers
    case .acknowledged, .unacknowledged, .muted, .unmuted: self == .notes
    case .started, .stopped, .gap, .reloaded, .tookOver: self == .wabatop
    }
  }
}

extension JournalEvent.Kind {
  /// It is about our own runs.
  var isOfProgram: Bool {
    switch self {
    case .started, .stopped, .gap, .tookOver: true
    case .states, .template, .failing, .answering, .appeared, .vanished, .flapping, .steady,
      .reloaded, .acknowledged, .unacknowledged, .muted, .unmuted:
      false
    }
  }
}

extension JournalEvent {
  /// Events of former runs have negative ids.
  var isOfThisRun: Bool { id >= 0 }
}
