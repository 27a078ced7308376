import ArgumentParser
import CLinux
import Configuration
import Monitor
import Screens
import Terminal

extension Wabatop {
  /// Parses the arguments, runs the command and returns the exit status.
  ///
  /// Nothing below calls `exit`, so that every scope is left normally. Wrong usage is 3, as for
  /// monitoring plugins, instead of the parser's 64.
  @MainActor
  package static func run(_ arguments: [String]? = nil) async -> Int32 {
    Faults.endQuietly()
    // With a heap for each thread, ten of them would keep what each needed once.
    mallopt(M_ARENA_MAX, mostHeaps)
    let arguments = Arguments(arguments ?? Array(CommandLine.arguments.dropFirst()))
    if let word = arguments.unknownCommand { return unknown(word) }
    do {
      var command = try parseAsRoot(arguments.inOrder)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return ProcessStatus.ok.rawValue
    } catch {
      return report(error)
    }
  }

  /// More than one, so that the screen rarely waits for other threads.
  private static let mostHeaps: Int32 = 2

  private static func unknown(_ word: String) -> Int32 {
    let suggestion = NearestName.suggestion(for: word, among: Arguments.commands)
    Output.error("wabatop: there is no command \"\(word)\"\(suggestion)\n\n\(helpMessage())")
    return ProcessStatus.unknown.rawValue
  }

  /// Requested help goes to stdout, errors go to stderr.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let status as ProcessStatus: return status.rawValue
    case let error as ConfigurationError:
      Output.error(error.description)
      return ProcessStatus.unknown.rawValue
    case let error as CommandFailure:
      Output.error("wabatop: \(error.text)")
      return ProcessStatus.unknown.rawValue
    default: break
    }
    let message = fullMessage(for: error)
    guard exitCode(for: error).isSuccess else {
      Output.error(message)
      return ProcessStatus.unknown.rawValue
    }
    Output.write(message + "\n")
    return ProcessStatus.ok.rawValue
  }
}
