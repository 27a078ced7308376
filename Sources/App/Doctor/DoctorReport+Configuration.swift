import Configuration
import Providers

// Lines about files.
extension DoctorReport.Findings {
  var configurationLines: [Line] {
    switch configuration {
    case .success(let configuration): lines(on: configuration) + [logLine, historyLine]
    case .failure(let error): lines(on: error) + [logLine, historyLine]
    }
  }

  private func lines(on configuration: Configuration) -> [Line] {
    let origin = paths.configuration
    let names = configuration.accounts.map { "\($0.settings.name) (\($0.provider.name))" }
    let count = names.count == 1 ? "1 account" : "\(names.count) accounts"
    let warnings = configuration.warnings.map { Line(.warn, "configuration", "\($0)") }
    return [Line(.ok, "configuration", "\(origin.path) (\(origin.reason)): no mistake found")]
      + warnings
      + [
        Line(
          .ok,
          "accounts",
          "\(count), not contacted here (wabatop check does that): \(names.joined(separator: ", "))"
        )
      ]
  }

  private func lines(on error: ConfigurationError) -> [Line] {
    let texts = error.mistakes.map(\.description)
    let all = error.more > 0 ? texts + ["and \(error.more) more"] : texts
    let advice = "wabatop demo needs no configuration"
    let isSaid = all.contains { $0.contains("wabatop demo") }
    return all.enumerated().map { place, text in
      let isLast = place == all.count - 1
      return Line(.fail, "configuration", text, advice: isLast && !isSaid ? advice : nil)
    }
  }

  private var historyLine: Line {
    let history = paths.history
    guard canWrite(paths.stateDirectory) else {
      return Line(
        .warn,
        "history",
        "\(history.path) cannot be written: nothing is remembered",
        advice: "set XDG_STATE_HOME to a local directory that you can write to, or use --no-state"
      )
    }
    return Line(.ok, "history", "\(history.path) (\(history.reason))")
  }

  private var logLine: Line {
    let directory = log.path.lastIndex(of: "/").map { String(log.path[..<$0]) } ?? "."
    guard canWrite(directory.isEmpty ? "/" : directory) else {
      return Line(
        .warn,
        "log",
        "\(log.path) cannot be written: the dashboard's warnings are lost",
        advice: "set XDG_STATE_HOME to a directory that you can write to, or use --log-file"
      )
    }
    return Line(.ok, "log", "\(log.path) (\(log.reason))")
  }
}
