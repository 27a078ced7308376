import Processes

/// A user's program that prints a secret, such as `pass show …`; it runs without a shell.
///
/// Its stderr is dropped, because some programs print secrets there.
struct SecretCommand: Hashable, Sendable {
  enum Failure: Error, Hashable {
    case notStarted(String)
    case exited(status: Int32)
    case killed(signal: Int32)
    case timedOut(after: Duration)
    case tooMuch
    case cancelled

    var text: String {
      switch self {
      case .notStarted(let reason): "could not be started: \(reason)"
      case .exited(let status): "ended with exit status \(status)"
      case .killed(let signal): "was killed by signal \(signal)"
      case .timedOut(let time): "did not end within \(ScalarForms.text(of: time))"
      case .tooMuch: "printed more than 64 KiB"
      case .cancelled: "was stopped before it printed a secret"
      }
    }
  }

  let arguments: [String]
  let variables: [String: String]
  var timeout = Duration.seconds(30)

  private static let limit = 64 * 1024

  /// The output of the command when it ended with status 0, even if it left processes running.
  ///
  /// If that takes too long, or the task is cancelled, all processes that it started are ended.
  @concurrent
  func output() async throws(Failure) -> [UInt8] {
    let (process, output) = try start()
    defer { output.close() }
    return try await self.output(of: process, from: output)
  }

  private func start() throws(Failure) -> (ChildProcess, ChildProcess.Output) {
    do throws(ChildProcess.NotStarted) {
      let output = try ChildProcess.Output()
      do throws(ChildProcess.NotStarted) {
        let streams = ChildProcess.Streams(output: output)
        return (try ChildProcess(arguments, variables: variables, streams), output)
      } catch {
        output.close()
        throw error
      }
    } catch {
      throw .notStarted(error.reason)
    }
  }

  /// Checks from time to time whether it has ended.
  ///
  /// Waiting for the pipe to close could take forever, since processes that it left running may
  /// keep it open.
  private func output(
    of process: ChildProcess,
    from output: ChildProcess.Output
  ) async throws(Failure) -> [UInt8] {
    let start = ContinuousClock.now
    var bytes: [UInt8] = []
    while true {
      // The end comes first: then all of the output is in the pipe.
      let end = process.end()
      bytes += output.read(upTo: Self.limit + 1 - bytes.count)
      guard bytes.count <= Self.limit else {
        if end == nil { process.kill() }
        throw .tooMuch
      }
      if let end {
        try Self.check(end)
        return bytes
      }
      let elapsed = ContinuousClock.now - start
      guard elapsed < timeout else {
        process.kill()
        throw .timedOut(after: timeout)
      }
      let pause = min(max(elapsed / 8, .milliseconds(1)), .milliseconds(20))
      guard (try? await Task.sleep(for: pause)) != nil else {
        process.kill()
        throw .cancelled
      }
    }
  }

  private static func check(_ end: ChildProcess.End) throws(Failure) {
    switch end {
    case .exited(0): return
    case .exited(let status): throw .exited(status: status)
    case .killed(let signal): throw .killed(signal: signal)
    }
  }
}
