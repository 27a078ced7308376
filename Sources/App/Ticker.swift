import Health
import Observation
import Screens

/// Says that something happened, without saying how often, to one listener that may be slow.
@MainActor
final class Ticker {
  let events: AsyncStream<Void>
  private let source: AsyncStream<Void>.Continuation
  private let task: Task<Void, any Error>

  /// - Parameter body: Runs until `stop`; each call of its argument is a tick, and ticks that nobody
  ///   has listened to are one.
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

  /// Ticks when something comes in: the first time of a run at once, then no more often than the eye
  /// can follow; where only ages change, with the full seconds, in which they tick anyway.
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

/// Rings once, at a moment that may be changed until then.
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

  /// Too short to be seen: the same moment, reckoned from another, differs by less.
  private static let tolerance = Duration.milliseconds(1)

  /// Forgets the moment that was set before.
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
    // Set anew while the task was on its way.
    guard moment == self.moment else { return }
    self.moment = nil
    source.yield()
  }
}
