import Health
package import History
import Processes

package import struct FoundationEssentials.Date

/// Runs a program for each notice, which has the JSON on its standard input.
///
/// What it prints is dropped, but for the last line of its stderr if it fails. It gets no secrets
/// that stand in the environment, and nothing by which a service manager could be told something.
///
/// It is done when it ends, as with cron: what it left running in the background goes on. Ending that too
/// would lose what a script sends in the background.
package struct ProgramReceiver: NoticeReceiver {
  private static let passed: Set = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TMPDIR", "XDG_RUNTIME_DIR",
  ]
  /// So much of what it prints to stderr is read at once, and kept.
  private static let mostErrorBytes = 4_096

  package let timeout: Duration
  private let arguments: [String]
  private let variables: [String: String]

  /// - Parameters:
  ///   - arguments: The program and its arguments.
  ///   - variables: The environment, of which a part is passed on.
  ///   - timeout: When it is ended, with all that it started.
  package init(_ arguments: [String], variables: [String: String], timeout: Duration) {
    self.arguments = arguments
    self.variables = variables.filter { Self.passed.contains($0.key) || $0.key.hasPrefix("LC_") }
    self.timeout = timeout
  }

  @concurrent
  package func receive(_ notice: Notice, at now: Date) async -> Reception {
    do throws(ChildProcess.NotStarted) {
      let errors = try ChildProcess.Output()
      defer { errors.close() }
      let streams = ChildProcess.Streams(input: Array(notice.body.utf8), error: errors)
      return await wait(for: try ChildProcess(arguments, variables: variables, streams), errors)
    } catch {
      return .refused("could not be started: \(error.reason)")
    }
  }

  /// Checks from time to time whether it has ended, whatever it left running.
  private func wait(for process: ChildProcess, _ errors: ChildProcess.Output) async -> Reception {
    let start = ContinuousClock.now
    var said: [UInt8] = []
    while true {
      let end = process.end()
      said = (said + errors.read(upTo: 16 * Self.mostErrorBytes)).suffix(Self.mostErrorBytes)
      switch end {
      case .exited(0): return .accepted
      case .exited(let status): return .refused("ended with exit status \(status)" + quoted(said))
      case .killed(let signal): return .refused("was killed by signal \(signal)" + quoted(said))
      case nil: break
      }
      let elapsed = ContinuousClock.now - start
      guard elapsed < timeout else {
        process.kill()
        return .refused("did not end in time and was ended" + quoted(said))
      }
      let pause = min(max(elapsed / 8, .milliseconds(1)), .milliseconds(50))
      guard (try? await Task.sleep(for: pause)) != nil else {
        process.kill()
        return .failed("was ended with wabatop")
      }
    }
  }

  /// The last line that it printed to stderr.
  private func quoted(_ bytes: [UInt8]) -> String {
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
    guard let last = lines.last else { return "" }
    let text = String(decoding: last.prefix(200), as: UTF8.self).unicodeScalars
    let printable = String(String.UnicodeScalarView(text.filter(\.isPrintable)))
    return ": \(Secrets.blotted(printable))"
  }
}

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: true
    }
  }
}
