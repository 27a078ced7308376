import Foundation
import History
import TestSupport
import Testing

@testable import Alerts

/// Programs that are told of incidents, well and badly written ones.
@Suite(.realTime) struct ProgramReceiverTests {
  private let notice = Notice(id: "n1", channel: "pager", body: #"{"version":1}"#, date: Date())

  private func receive(
    _ script: String,
    timeout: Duration = .seconds(60),
    variables: [String: String] = [:]
  ) async -> Reception {
    let path = ["PATH": "/usr/bin:/bin"].merging(variables) { $1 }
    return await ProgramReceiver(["sh", "-c", script], variables: path, timeout: timeout)
      .receive(notice, at: Date())
  }

  @Test func `a program has the JSON on its standard input`() async throws {
    let folder = try TemporaryFolder()
    #expect(await receive("cat > \(folder.path)/got") == .accepted)
    #expect(try folder.read("got") == notice.body)
  }

  @Test func `it has no secrets in its environment, and can't speak to the service manager`()
    async throws
  {
    let folder = try TemporaryFolder()
    let variables = [
      "META_TOKEN": "demo-token-000", "NOTIFY_SOCKET": "/run/x", "LC_ALL": "C.UTF-8",
    ]
    #expect(await receive("env > \(folder.path)/env", variables: variables) == .accepted)
    let environment = try folder.read("env")
    #expect(environment.contains("LC_ALL=C.UTF-8"))
    #expect(!environment.contains("META_TOKEN") && !environment.contains("NOTIFY_SOCKET"))
  }

  @Test func `one that hangs is ended with all that it started`() async throws {
    let folder = try TemporaryFolder()
    // The second one begins a process group of its own.
    for command in ["sleep 600", "timeout 600 sleep 600"] {
      let reception = await receive(
        "\(command) & echo $! > \(folder.path)/child; wait",
        timeout: .seconds(1)
      )
      #expect(reception == .refused("did not end in time and was ended"))
      let child = try folder.number("child")
      while Self.isRunning(child) { try await Task.sleep(for: .milliseconds(10)) }
    }
  }

  @Test func `what it leaves running goes on when it ends by itself`() async throws {
    let folder = try TemporaryFolder()
    for command in ["sleep 600", "nohup sleep 600", "setsid sleep 600"] {
      #expect(await receive("\(command) & echo $! > \(folder.path)/child") == .accepted)
      let child = try folder.number("child")
      #expect(Self.isRunning(child))
      kill(child, SIGKILL)
    }
  }

  @Test func `what began a session of its own goes on though its time is up`() async throws {
    let folder = try TemporaryFolder()
    let script = """
      setsid sh -c 'echo $$ > \(folder.path)/child; exec sleep 600' &
      while ! test -s \(folder.path)/child; do sleep 0.01; done; sleep 600
      """
    #expect(await receive(script, timeout: .seconds(3)) != .accepted)
    let child = try folder.number("child")
    #expect(Self.isRunning(child))
    kill(child, SIGKILL)
  }

  private static func isRunning(_ process: pid_t) -> Bool {
    let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return state.map { !$0.contains(" Z ") } ?? false
  }

  @Test func `one that floods its output, or reads nothing, holds up nobody`() async {
    #expect(await receive("head -c 20000000 /dev/zero; head -c 5000000 /dev/zero >&2") == .accepted)
    #expect(await receive("exec <&-; exit 0") == .accepted)
  }

  @Test func `one that fails is quoted by the last line of its stderr`() async {
    let script = "echo first >&2; printf 'no \\033[31mroute, api_key=abcdef123456\\n' >&2; exit 3"
    #expect(
      await receive(script) == .refused("ended with exit status 3: no [31mroute, api_key=•••")
    )
    #expect(await receive("kill -9 $$") == .refused("was killed by signal 9"))
  }

  @Test func `one that isn't there is said not to start`() async {
    let receiver = ProgramReceiver(["/nonexistent/page"], variables: [:], timeout: .seconds(1))
    #expect(
      await receiver.receive(notice, at: Date())
        == .refused("could not be started: No such file or directory")
    )
  }
}

extension TemporaryFolder {
  fileprivate func number(_ file: String) throws -> pid_t {
    try #require(pid_t(read(file).trimmingCharacters(in: .whitespacesAndNewlines)))
  }
}
