import Glibc

/// Lets one process at a time make, migrate or replace the file.
struct FileLock {
  private let descriptor: Int32

  /// Waits for others; nil where they take too long, or there can't be a lock.
  init?(path: String, tries: Int = 500) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    for _ in 0..<tries {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      // flock alone waits without a limit.
      usleep(10_000)
    }
    close(descriptor)
    return nil
  }

  func release() { close(descriptor) }
}
