import CLinux
import Glibc
import History
import Monitor
import Synchronization

/// Locks of accounts on bytes of the file that is locked for opening the history: nothing is written there,
/// so it need not be as long.
package final class LockedAccounts: AccountLocks {
  private let path: String
  /// Nil before it is opened.
  private let descriptor = Mutex<Int32?>(nil)

  package init(directory: String) { path = HistoryFile(directory: directory).lockPath }

  deinit { descriptor.withLock { if let open = $0 { close(open) } } }

  package func take(_ account: String) -> Bool {
    set(F_WRLCK, account) || ![EAGAIN, EACCES].contains(errno)
  }

  package func release(_ account: String) { _ = set(F_UNLCK, account) }

  private func set(_ kind: Int32, _ account: String) -> Bool {
    descriptor.withLock { descriptor in
      let file = descriptor ?? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      // No directory, or no rights: another reason than a lock.
      guard file >= 0 else {
        errno = ENOLCK
        return false
      }
      descriptor = file
      var lock = flock()
      lock.l_type = Int16(kind)
      lock.l_whence = Int16(SEEK_SET)
      lock.l_start = Self.place(of: account)
      lock.l_len = 1
      // Of the open file, not of the process: closing the file elsewhere does not end it.
      return fcntl(file, F_OFD_SETLK, &lock) == 0
    }
  }

  /// The same in each process; two accounts hardly ever have the same.
  private static func place(of account: String) -> off_t {
    off_t(Fingerprint.text(of: [account]).prefix(15), radix: 16) ?? 0
  }
}
