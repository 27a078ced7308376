import Foundation

/// Speaks TLS in front of a server of these tests: a script in Python, whose `ssl` every system has.
struct TLSFront {
  let port: Int
  private let process: Process
  private let folder: URL
  private let input: Pipe

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
    let output = Pipe()
    input = Pipe()
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["python3", script.path] + files.map { [folder] in folder.appending(path: $0.0).path }
      + [String(port)]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = output.fileHandleForReading.availableData
    guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines))
    else { throw TLSFrontError() }
    self.port = port
  }

  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }
}

struct TLSFrontError: Error, CustomStringConvertible {
  var description: String { "tls-front.py did not say its port; is python3 there?" }
}
