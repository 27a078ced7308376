import Canvas

/// Why the dashboard can't run on this terminal.
package enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  case outputIsNoTerminal
  case inputIsNoTerminal
  case termIsNotSet
  case termIsDumb
  case unusable(term: String)

  package var description: String {
    "\(reason). Use \"wabatop check\" for one sweep with an exit status, or \"wabatop snapshot\" "
      + "for one screen as text."
  }

  private var reason: String {
    switch self {
    case .outputIsNoTerminal: "The dashboard needs a terminal, and standard output is none"
    case .inputIsNoTerminal: "The dashboard needs a terminal to read keys from, and there is none"
    case .termIsNotSet: "The dashboard needs to know the terminal, and TERM is not set"
    case .termIsDumb: "The dashboard cannot draw on a terminal that says it is dumb (TERM=dumb)"
    case .unusable(let term): "The dashboard cannot draw on a terminal of type \(term.sanitized)"
    }
  }
}
