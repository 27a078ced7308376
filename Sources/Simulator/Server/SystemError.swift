import Glibc

/// A call of the system that failed, with its `errno`.
struct SystemError: Error {
  let code: Int32

  /// As the system words it: `Address already in use`.
  var reason: String { String(cString: strerror(code)) }

  static var latest: SystemError { SystemError(code: errno) }

  /// The call's result, or an error where it is negative.
  static func check(_ result: Int32) throws(SystemError) -> Int32 {
    guard result >= 0 else { throw latest }
    return result
  }
}
