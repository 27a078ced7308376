import Configuration

extension MonitoringCore {
  /// Reloads the configuration, and what else is in files.
  ///
  /// - Parameters:
  ///   - configuration: As it is now.
  ///   - path: Its file.
  ///   - environment: With which it is read.
  ///   - polling: Polls its accounts.
  ///   - alerts: Tells its receivers.
  ///   - listener: Is told what came of it.
  ///   - themes: The files of themes.
  /// - Returns: The service that does so.
  @MainActor
  func reload(
    _ configuration: Configuration,
    of path: String,
    in environment: ProcessEnvironment,
    _ polling: PollingService,
    _ alerts: AlertService,
    telling listener: any ReloadListener,
    themes: @escaping @Sendable () -> [FileStamp?] = { [] }
  ) -> ConfigurationReload {
    ConfigurationReload(
      configuration,
      ConfigurationReload.Dependencies(
        stamps: {
          ConfigurationReload.Stamps(configuration: FileStamp(of: path), themes: themes())
        },
        read: {
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
      listener: listener,
      time: wiring.time,
      logger: wiring.logger("configuration")
    )
  }
}
