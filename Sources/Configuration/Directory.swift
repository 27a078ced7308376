import Glibc

/// Directories of ours, which nobody else needs to look into.
package enum Directory {
  /// Makes a directory and those above it; what fails here shows when a file is to be opened in it.
  package static func make(_ path: String) {
    var prefix = ""
    for component in path.split(separator: "/", omittingEmptySubsequences: false) {
      prefix += component
      if !prefix.isEmpty { mkdir(prefix, 0o700) }
      prefix += "/"
    }
  }
}
