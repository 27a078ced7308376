import Providers
import YAML

/// Keys of an account that can't be right together, though each is well written.
extension ConfigurationReader {
  mutating func rejectContradictions(
    in settings: AccountSettings,
    of provider: ProviderDescription,
    _ section: ConfigurationSection
  ) {
    rejectSharedIDs(in: settings, of: provider, section)
    rejectPathOfOneNode(in: settings, section)
    rejectSharedKeys(in: settings, section)
  }

  /// An id is of one thing: nothing is a number and a business account.
  private mutating func rejectSharedIDs(
    in settings: AccountSettings,
    of provider: ProviderDescription,
    _ section: ConfigurationSection
  ) {
    var keys: [String: String] = [:]
    for key in provider.keys.map(\.name) {
      guard let entry = section[key] else { continue }
      for id in Self.ids(settings.values[key]) {
        guard let other = keys.updateValue(key, forKey: id), other != key else { continue }
        mistake(
          "\(section.path(of: key)): \(id) is listed under \(other) too; keep it where it belongs",
          at: entry.value.mark
        )
      }
    }
  }

  private static func ids(_ value: SettingValue?) -> [String] {
    switch value {
    case .list(let ids): ids
    case .numbers(let numbers): numbers.map(\.id)
    default: []
    }
  }

  /// Without a place for the id every number would be asked at the same address.
  private mutating func rejectPathOfOneNode(
    in settings: AccountSettings,
    _ section: ConfigurationSection
  ) {
    guard case .text(let path)? = settings.values["path"], let entry = section["path"],
      !path.contains("{node}"), Self.ids(settings.values["numbers"]).count > 1
    else { return }
    mistake(
      "\(section.path(of: entry.key)): expected {node} in it, the place of a number's id",
      at: entry.value.mark
    )
  }

  /// At 360dialog a key is a number.
  ///
  /// Keys that programs print are not known yet.
  private mutating func rejectSharedKeys(
    in settings: AccountSettings,
    _ section: ConfigurationSection
  ) {
    guard case .channels(let channels)? = settings.values["channels"],
      let entry = section["channels"]
    else { return }
    var labels: [String: String] = [:]
    for channel in channels where !channel.apiKey.revealed.isEmpty {
      guard let other = labels.updateValue(channel.label, forKey: channel.apiKey.revealed) else {
        continue
      }
      mistake(
        "\(section.path(of: entry.key)): \(channel.label) has the same key as \(other);"
          + " each channel has its own",
        at: entry.value.mark
      )
    }
  }
}
