import CLinux
import Glibc
import Synchronization

/// Wakes the event loop from any thread, to end it.
final class StopSignal: Sendable {
  /// For the poller: becomes and stays readable after the signal.
  let descriptor: Int32
  private let isOpen = Mutex(true)

  init() throws(SystemError) {
    let flags = Int32(EFD_CLOEXEC | EFD_NONBLOCK)
    descriptor = try SystemError.check(eventfd(0, flags))
  }

  /// May be called at any time, even after `close()`.
  func give() {
    isOpen.withLock { isOpen in
      if isOpen { eventfd_write(descriptor, 1) }
    }
  }

  func close() {
    isOpen.withLock { isOpen in
      if isOpen { Glibc.close(descriptor) }
      isOpen = false
    }
  }
}
