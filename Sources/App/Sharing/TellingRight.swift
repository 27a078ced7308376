import Health
import History
import Synchronization

/// Of which accounts this process tells, of those that it polls.
///
/// Who polls an account by its lease tells of it, and takes the account's lock. While no lease can be
/// written, such as on a full disk, each process polls by itself: then only the one that has the lock
/// tells.
final class TellingRight: Sendable {
  /// How long a process with a lease waits for the lock of one that polled before.
  ///
  /// It has written by then what it told. One that is stopped keeps the lock.
  private static let patience = AccountLeases.length

  private struct State {
    var held: Set<String> = []
    /// Since when a lock is waited for.
    var wanted: [String: Moment] = [:]
  }

  private let locks: any AccountLocks
  private let state = Mutex(State())

  init(_ locks: any AccountLocks) { self.locks = locks }

  /// The accounts of which to tell now.
  ///
  /// - Parameters:
  ///   - rights: What is polled here.
  ///   - isBehind: Whether something that was told is still to be written: others had better wait for it.
  ///   - now: The time.
  /// - Returns: The accounts.
  func accounts(
    of rights: [String: SharedPolling.Right],
    isBehind: Bool,
    at now: Moment
  ) -> Set<String> {
    state.withLock { state in
      if !isBehind {
        for account in state.held where rights[account] == nil {
          locks.release(account)
          state.held.remove(account)
        }
      }
      state.wanted = state.wanted.filter { rights[$0.key] != nil }
      return Set(rights.filter { tells($0.key, $0.value, &state, now) }.keys)
    }
  }

  private func tells(
    _ account: String,
    _ right: SharedPolling.Right,
    _ state: inout State,
    _ now: Moment
  ) -> Bool {
    guard !state.held.contains(account), !locks.take(account) else {
      state.held.insert(account)
      state.wanted[account] = nil
      return true
    }
    let since = state.wanted[account] ?? now
    state.wanted[account] = since
    return right != .alone && now - since >= Self.patience
  }
}
