import Configuration
import Foundation
import History

extension Wiring {
  func ledger() -> OperatorLedger {
    OperatorLedger(time: time, makeID: { UUID().uuidString })
  }
}

extension ProcessEnvironment {
  /// Who says something: the person at the terminal, also where a program runs as another user.
  var operatorName: String {
    value("SUDO_USER") ?? value("USER") ?? value("LOGNAME") ?? "operator"
  }
}
