import Configuration
import Screens

extension DashboardRun {
  /// Reloads the configuration and the themes of a dashboard.
  @MainActor
  func reload(
    of path: String,
    _ model: ScreenModel,
    _ polling: PollingService,
    _ alerts: AlertService
  ) -> ConfigurationReload {
    ConfigurationReload(
      configuration,
      ConfigurationReload.Dependencies(
        stamps: { [environment] in
          ConfigurationReload.Stamps(
            configuration: FileStamp(of: path),
            themes: ThemeLibrary(in: environment).files.map(FileStamp.init)
          )
        },
        read: { [environment] in
          Result { () throws(ConfigurationError) in
            try ConfigurationFile.read(path, environment: environment)
          }
        },
        accounts: { await polling.accounts },
        poll: { await polling.replace($0, keeping: $1) },
        receivers: { await alerts.receivers },
        alert: { await alerts.replace($0) }
      ),
      secrets: wiring.secrets,
      listener: model,
      time: wiring.time,
      logger: wiring.logger("configuration")
    )
  }
}
