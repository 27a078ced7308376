#if canImport(Glibc)
import Glibc
#endif

/// How many requests may run at the same time.
struct ConnectionLimits: Sendable {
  let mostPerServer: Int
  let mostInAll: Int

  private static let mostPerServer = 256
  private static let mostInAll = 1_024
  /// Descriptors for the files, pipes and terminal of the rest of the program.
  private static let reserved: UInt = 32

  /// - Parameter descriptors: How many descriptors this process may have open.
  init(descriptors: UInt) {
    let free = Int(clamping: descriptors > Self.reserved ? descriptors - Self.reserved : 0)
    // Half of them, because in the demo both ends of each connection are in this process. The
    // minimum lets even a process with very few descriptors poll.
    mostInAll = min(Self.mostInAll, max(4, free / 2))
    // A server that never answers must not use all connections.
    mostPerServer = min(Self.mostPerServer, mostInAll / 2)
  }

  /// The limits of this process, after raising its limit on descriptors if needed.
  static func raised() -> ConnectionLimits {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return ConnectionLimits(descriptors: 256)
    }
    let wanted = 2 * rlim_t(mostInAll) + rlim_t(reserved)
    if limit.rlim_cur < wanted, limit.rlim_cur < limit.rlim_max {
      var higher = limit
      higher.rlim_cur = min(wanted, limit.rlim_max)
      if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &higher) == 0 { limit = higher }
    }
    return ConnectionLimits(descriptors: UInt(limit.rlim_cur))
  }
}
