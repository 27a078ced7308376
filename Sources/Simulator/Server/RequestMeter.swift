/// Counts an account's requests in the running minute, where the account grants only so many.
struct RequestMeter {
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

  private var windows: [Int: Window] = [:]

  mutating func count(account: Int, granted: Int, at elapsed: Duration) -> Reading {
    let second = Int(elapsed.components.seconds)
    var window = windows[account] ?? Window()
    if window.minute != second / 60 { window = Window(minute: second / 60) }
    window.used += 1
    windows[account] = window
    return Reading(granted: granted, used: window.used, secondsLeft: 60 - second % 60)
  }
}
