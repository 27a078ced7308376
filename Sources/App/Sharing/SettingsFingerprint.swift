import Configuration
import Providers

/// What two processes compare to know whether they would poll an account in the same way.
///
/// It is a keyed hash, whose key is kept nowhere: nothing of a secret can be found out from it.
enum SettingsFingerprint {
  static func text(of account: ConfiguredAccount) -> String {
    let key = Array((ProcessIdentity.boot ?? "").utf8)
    let message = Array(settings(of: account).map(\.measured).joined().utf8)
    return SHA256.authenticationCode(of: message, key: key).prefix(16).hexadecimal
  }

  /// What decides which answers come and what they mean; not how fast or over which way they are
  /// asked, nor what the operator calls the numbers.
  private static func settings(of account: ConfiguredAccount) -> [String] {
    let settings = account.settings
    let common = [
      account.provider.name, settings.baseURL ?? "", "\(settings.refresh)",
      "\(settings.watchesTemplates)", "\(settings.callingExpected)",
    ]
    return common
      + settings.values.sorted { $0.key < $1.key }.flatMap { [$0.key] + parts(of: $0.value) }
  }

  private static func parts(of value: SettingValue) -> [String] {
    switch value {
    case .text(let text): ["text", text]
    case .secret(let secret): ["secret", secret.revealed]
    case .list(let list): ["list", "\(list.count)"] + list
    case .numbers(let numbers): ["list", "\(numbers.count)"] + numbers.map(\.id)
    case .allNumbers: ["all"]
    case .channels(let channels):
      ["channels", "\(channels.count)"] + channels.flatMap { [$0.label, $0.apiKey.revealed] }
    case .header(let name, let value): ["header", name, value.revealed]
    case .partner(let id, let apiKey): ["partner", id, apiKey.revealed]
    }
  }
}

extension String {
  /// Behind its length, so that what follows can't be taken for a part of it.
  fileprivate var measured: String { "\(utf8.count):\(self)" }
}
