import Glibc

/// Lets one process at a time make, migrate or replace the file.
struct FileLock {
  private let descriptor: Int32

  /// Waits for others, but no longer than so many seconds; nil where they take longer, or there can't be
  /// a lock.
  init?(path: String, patience: Double = 5) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    // It is tried once at least.
    for _ in 0...Int(patience * 100) {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      // flock alone waits without a limit.
      usleep(10_000)
    }
    close(descriptor)
    return nil
  }

  func release() { close(descriptor) }
}
