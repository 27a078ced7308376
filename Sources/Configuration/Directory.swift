import Glibc

/// wabatop's own directories, which only the user can read.
package enum Directory {
  /// Makes a directory and its parents.
  ///
  /// Errors are not reported here, because opening a file in it will fail.
  package static func make(_ path: String) {
    var prefix = ""
    for component in path.split(separator: "/", omittingEmptySubsequences: false) {
      prefix += component
      if !prefix.isEmpty { mkdir(prefix, 0o700) }
      prefix += "/"
    }
  }
}
