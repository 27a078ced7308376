import ArgumentParser
import Configuration
import Monitor

import struct FoundationEssentials.Date

// Options of the commands that acknowledge and mute.

struct AuthorOption: ParsableArguments {
  @Option(
    name: .customLong("author"),
    help: ArgumentHelp("Who says it; without it, $SUDO_USER or $USER.", valueName: "name")
  )
  private var author: String?

  func name(in environment: ProcessEnvironment) -> String { author ?? environment.operatorName }
}

struct ListingOptions: ParsableArguments {
  @Flag(help: "List what is in force.")
  var list = false

  @Flag(help: "List it as JSON.")
  var json = false

  func validate(isListing: Bool, _ advice: String) throws {
    if isListing != list { throw ValidationError(list ? "--list takes nothing else" : advice) }
    if json, !list { throw ValidationError("--json goes with --list") }
  }
}

extension EndTime {
  /// Reads a time on the command line, which is UTC.
  static func argument(_ text: String, _ option: String, now: Date) throws(CommandFailure) -> Self {
    do throws(Mistake) {
      return try Self(text, now: now, isUTC: true)
    } catch {
      throw CommandFailure("\(option): \(error.text)")
    }
  }
}
