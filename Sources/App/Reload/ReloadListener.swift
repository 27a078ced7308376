import Monitor
import Screens

/// Who is told of a reload: a screen, or the lines of a program without one.
@MainActor
protocol ReloadListener: AnyObject {
  /// What monitors the numbers, by the rules of the configuration.
  var monitor: FleetMonitor { get }
  func announce(_ text: String, ending: String, kind: Message.Kind)
  func adopt(_ names: OperatorNames)
  /// Records a reload as an event.
  func noteReload(_ text: String)
}

extension ReloadListener {
  func announce(_ text: String, kind: Message.Kind = .notice) {
    announce(text, ending: "", kind: kind)
  }
}

extension ScreenModel: ReloadListener {}
