import Synchronization

/// Counts an account's requests in the running minute, where the account grants only so many.
final class RequestMeter: Sendable {
  private struct Window {
    var minute = -1
    var used = 0
  }

  struct Reading {
    let granted: Int
    let used: Int
    /// Seconds until the count begins again.
    let secondsLeft: Int

    var isExceeded: Bool { used > granted }
  }

  private let windows: Mutex<[Int: Window]>

  init() { windows = Mutex([:]) }

  func count(account: Int, granted: Int, at elapsed: Duration) -> Reading {
    let second = Int(elapsed.components.seconds)
    return windows.withLock { windows in
      var window = windows[account] ?? Window()
      if window.minute != second / 60 { window = Window(minute: second / 60) }
      window.used += 1
      windows[account] = window
      return Reading(granted: granted, used: window.used, secondsLeft: 60 - second % 60)
    }
  }
}
