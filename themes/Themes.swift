/// The themes that the binary carries, as the files of this folder are.
///
/// A new theme is a file here and a line in `all`; a test compares the list with the folder.
package enum Themes {
  /// A theme file by its name without `.yaml`.
  package struct File: Sendable {
    package let name: String
    private let bytes: @Sendable () -> [UInt8]

    /// The file is looked at only where its text is asked for: most are never used.
    fileprivate init(_ name: String, _ bytes: @escaping @autoclosure @Sendable () -> [UInt8]) {
      self.name = name
      self.bytes = bytes
    }

    /// YAML.
    package var text: String { String(decoding: bytes(), as: UTF8.self) }
  }

  /// What themes fall back to, role by role; and `auto`'s choice where the background is dark.
  package static let standard = File("dark", PackageResources.dark_yaml)

  /// `auto`'s choice where the background is light.
  package static let light = File("light", PackageResources.light_yaml)

  /// Shown in place of any other where there are no colours.
  package static let mono = File("mono", PackageResources.mono_yaml)

  package static let all = [
    standard,
    light,
    File("high-contrast", PackageResources.high_contrast_yaml),
    File("colorblind-dark", PackageResources.colorblind_dark_yaml),
    File("colorblind-light", PackageResources.colorblind_light_yaml),
    mono,
    File("catppuccin-latte", PackageResources.catppuccin_latte_yaml),
    File("catppuccin-mocha", PackageResources.catppuccin_mocha_yaml),
    File("dracula", PackageResources.dracula_yaml),
    File("gruvbox-dark", PackageResources.gruvbox_dark_yaml),
    File("gruvbox-light", PackageResources.gruvbox_light_yaml),
    File("nord", PackageResources.nord_yaml),
    File("solarized-dark", PackageResources.solarized_dark_yaml),
    File("solarized-light", PackageResources.solarized_light_yaml),
  ]
}
