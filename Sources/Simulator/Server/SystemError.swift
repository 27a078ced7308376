import Glibc

/// A failed system call, with its `errno`.
struct SystemError: Error {
  let code: Int32

  /// The system's message: `Address already in use`.
  var reason: String { String(cString: strerror(code)) }

  static var latest: SystemError { SystemError(code: errno) }

  /// Returns the call's result, or throws if it is negative.
  static func check(_ result: Int32) throws(SystemError) -> Int32 {
    guard result >= 0 else { throw latest }
    return result
  }
}
