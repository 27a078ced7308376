import ArgumentParser

/// Prints a file that another program is set up with.
struct ConfigExampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example",
    abstract: "Print a file to start from: a systemd unit, alert rules, a dashboard, a check.",
    discussion: """
      Each file says where it belongs and what to change in it.

      Example: wabatop config example systemd > wabatop.service
      """
  )

  @Argument(help: "For which program.")
  var program: ExampleFile

  func run() throws { try Output.deliver(program.text) }
}

/// The files of the folder `Examples`.
enum ExampleFile: String, CaseIterable, ExpressibleByArgument {
  case systemd
  case prometheus
  case grafana
  case alertmanager
  case nagios

  var text: String { String(decoding: bytes, as: UTF8.self) }

  private var bytes: [UInt8] {
    switch self {
    case .systemd: PackageResources.wabatop_service
    case .prometheus: PackageResources.prometheus_rules_yml
    case .grafana: PackageResources.grafana_json
    case .alertmanager: PackageResources.alertmanager_yml
    case .nagios: PackageResources.nagios_cfg
    }
  }
}
