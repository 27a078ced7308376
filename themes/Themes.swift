/// The themes that the binary carries, as the files of this folder are.
///
/// A new theme is a file here and a line in `all`; a test compares the list with the folder.
package enum Themes {
  /// A theme file by its name without `.yaml`.
  package struct File: Sendable {
    package let name: String
    /// YAML, in UTF-8.
    package let text: String

    fileprivate init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      text = String(decoding: bytes, as: UTF8.self)
    }
  }

  /// What themes fall back to, role by role.
  package static let standard = File("dark", PackageResources.dark_yaml)

  package static let all = [
    standard,
    File("mono", PackageResources.mono_yaml),
  ]
}
