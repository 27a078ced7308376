#if canImport(Glibc)
import Glibc
#endif

/// How many requests may be under way at one time.
struct ConnectionLimits: Sendable {
  let mostPerServer: Int
  let mostInAll: Int

  private static let mostPerServer = 256
  private static let mostInAll = 1_024
  /// Files, pipes and the terminal that the rest of the program has open.
  private static let reserved: UInt = 32

  /// - Parameter descriptors: What this process may have open.
  init(descriptors: UInt) {
    let free = Int(clamping: descriptors > Self.reserved ? descriptors - Self.reserved : 0)
    // Half of them: in a demonstration the other end of each connection is in this process, too. Even a
    // process that may open next to nothing polls, one number after the other.
    mostInAll = min(Self.mostInAll, max(4, free / 2))
    // A server that never answers must leave connections to the others.
    mostPerServer = min(Self.mostPerServer, mostInAll / 2)
  }

  /// The limits of this process, whose own limit on descriptors is raised first as far as they need.
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
