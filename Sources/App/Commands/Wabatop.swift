package import ArgumentParser

/// The command line.
package struct Wabatop: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "wabatop",
    abstract: "top, for WhatsApp Business: which numbers can't send, why, and who has to do what.",
    discussion: """
      Without a command it opens the dashboard over the accounts of the configuration; its options are \
      those of `wabatop dashboard --help`.

      Example: wabatop demo
      """,
    version: version,
    subcommands: [
      DashboardCommand.self, DemoCommand.self, CheckCommand.self, ServeCommand.self,
      HistoryCommand.self, AckCommand.self, MuteCommand.self, AlertsCommand.self,
      SnapshotCommand.self,
      SimulateCommand.self, ConfigCommand.self, ThemesCommand.self,
      DoctorCommand.self,
    ],
    defaultSubcommand: DashboardCommand.self
  )

  package static let version = "0.1.0"

  package init() {}
}
