import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// Speaks TLS in front of a server of these tests: a script in Python, whose `ssl` every system has.
struct TLSFront {
  let port: Int
  private let number: pid_t
  private let folder: URL

  /// The certificate, for `ca_file`.
  var certificateFile: String { folder.appending(path: "certificate.pem").path }

  init(to port: Int, with certificate: TestCertificate) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = [
      ("certificate.pem", certificate.certificate), ("key.pem", certificate.key),
    ]
    for (name, text) in files {
      try Data((text + "\n").utf8).write(to: folder.appending(path: name))
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "tls-front.py"
    )
    let paths = files.map { [folder] in folder.appending(path: $0.0).path }
    let answer = folder.appending(path: "port")
    number = try Self.start(
      ["python3", script.path] + paths + [String(port)],
      writingTo: answer.path
    )
    self.port = try Self.port(from: answer)
  }

  /// Ends it, whatever it is doing.
  func stop() {
    kill(number, SIGKILL)
    while waitpid(number, nil, 0) < 0, errno == EINTR {}
    try? FileManager.default.removeItem(at: folder)
  }

  /// Not with Foundation's `Process`, whose end is waited for until nobody holds a descriptor that other
  /// children may have inherited.
  private static func start(_ command: [String], writingTo file: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, file, O_WRONLY | O_CREAT, 0o600)
    let words = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var number = pid_t()
    guard posix_spawnp(&number, command[0], &actions, nil, words, environ) == 0 else {
      throw TLSFrontError()
    }
    return number
  }

  private static func port(from file: URL) throws -> Int {
    for _ in 0..<1_000 {
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      if text.hasSuffix("\n"), let port = Int(text.dropLast()) { return port }
      // Nobody tells when another process has written.
      usleep(20_000)
    }
    throw TLSFrontError()
  }
}

struct TLSFrontError: Error, CustomStringConvertible {
  var description: String { "tls-front.py did not say its port; is python3 there?" }
}
