import Health
import Observation
import Screens

/// Signals to one listener, which may be slow, that something happened.
@MainActor
final class Ticker {
  let events: AsyncStream<Void>
  private let source: AsyncStream<Void>.Continuation
  private let task: Task<Void, any Error>

  /// - Parameter body: Runs until `stop`; each call of its argument is a tick. Unhandled ticks are
  ///   combined.
  init(_ body: @escaping @MainActor (_ tick: @MainActor () -> Void) async throws -> Void) {
    let (events, source) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    self.events = events
    self.source = source
    task = Task { try await body { source.yield() } }
  }

  func stop() {
    task.cancel()
    source.finish()
  }

  /// Ticks when the model changes: at once for the first time, then at a limited rate; if only ages
  /// change, with the full seconds.
  convenience init(changesOf model: ScreenModel, time: any TimeSource) {
    let arrivals = Observations { [model] in model.arrivals }
    self.init { tick in
      var told = model.arrivals
      for await _ in arrivals {
        while model.arrivals != told {
          if model.latestNews > told || FrameClock.isFullSecond(time.now) {
            told = model.arrivals
            tick()
          }
          try await time.sleep(until: FrameClock.nextHalfSecond(after: time.now))
        }
      }
    }
  }
}

/// Fires once, at a moment that can be changed until then.
@MainActor
final class Alarm {
  let events: AsyncStream<Void>
  private let source: AsyncStream<Void>.Continuation
  private let time: any TimeSource
  private var moment: Moment?
  private var task: Task<Void, any Error>?

  init(time: any TimeSource) {
    (events, source) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.time = time
  }

  /// Smaller differences are rounding errors of the same moment.
  private static let tolerance = Duration.milliseconds(1)

  /// Replaces the former moment.
  func set(to moment: Moment?) {
    guard moment != self.moment else { return }
    if let moment, let set = self.moment {
      guard max(moment - set, set - moment) >= Self.tolerance else { return }
    }
    task?.cancel()
    self.moment = moment
    guard let moment else { return }
    task = Task { [weak self, time] in
      try await time.sleep(until: moment)
      self?.ring(at: moment)
    }
  }

  func stop() {
    set(to: nil)
    source.finish()
  }

  private func ring(at moment: Moment) {
    // Changed while the task was starting.
    guard moment == self.moment else { return }
    self.moment = nil
    source.yield()
  }
}
