import Configuration
import Foundation
import Screens
import TestSupport
import Testing

@testable import App

/// What systemd is told, and what it is not.
struct ServiceManagerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func environment(_ variables: [String: String]) -> ProcessEnvironment {
    ProcessEnvironment(variables: variables, homeDirectory: "/nowhere")
  }

  @Test(arguments: [false, true])
  func `messages arrive as they were sent`(isAbstract: Bool) throws {
    let address = isAbstract ? "@\(folder.path)" : "\(folder.path)/notify"
    let socket = try DatagramSocket(address)
    let manager = try #require(ServiceManager(environment(["NOTIFY_SOCKET": address])))
    #expect(manager.tell(.ready, .status("60 numbers: 13 blocked")))
    #expect(socket.receive() == "READY=1\nSTATUS=60 numbers: 13 blocked")
    #expect(manager.tell(.reloading(at: .seconds(2) + .microseconds(5))))
    #expect(socket.receive() == "RELOADING=1\nMONOTONIC_USEC=2000005")
    #expect(manager.tell(.alive))
    #expect(socket.receive() == "WATCHDOG=1")
    #expect(manager.tell(.stopping))
    #expect(socket.receive() == "STOPPING=1")
    #expect(socket.receive() == nil)
  }

  @Test func `a manager that is gone holds nothing up`() throws {
    let address = "\(folder.path)/notify"
    let manager = try #require(ServiceManager(environment(["NOTIFY_SOCKET": address])))
    #expect(!manager.tell(.ready))
  }

  @Test func `a manager that does not read loses messages and holds nothing up`() throws {
    let address = "\(folder.path)/notify"
    let socket = try DatagramSocket(address)
    let manager = try #require(ServiceManager(environment(["NOTIFY_SOCKET": address])))
    let delivered = (0..<2000).filter { _ in manager.tell(.alive) }.count
    #expect(delivered < 2000)
    #expect(socket.receive() == "WATCHDOG=1")
  }

  @Test(arguments: [nil, "", "@", "relative", "vsock:2:9999"])
  func `a process that nobody supervises tells nobody`(address: String?) {
    #expect(ServiceManager(environment(address.map { ["NOTIFY_SOCKET": $0] } ?? [:])) == nil)
  }

  @Test func `an address that is too long is nobody`() throws {
    let address = "/" + String(repeating: "a", count: 120)
    let manager = try #require(ServiceManager(environment(["NOTIFY_SOCKET": address])))
    #expect(!manager.tell(.ready))
  }

  @Test(
    arguments: [
      ("60000000", nil, Duration.seconds(60)), ("60000000", "42", .seconds(60)),
      ("60000000", "43", nil), ("0", nil, nil), ("soon", nil, nil), (nil, nil, nil),
    ] as [(String?, String?, Duration?)]
  )
  func `the watchdog watches the process that it names`(
    time: String?,
    process: String?,
    expected: Duration?
  ) throws {
    var variables = ["NOTIFY_SOCKET": "/run/notify"]
    variables["WATCHDOG_USEC"] = time
    variables["WATCHDOG_PID"] = process
    let manager = try #require(ServiceManager(environment(variables), process: 42))
    #expect(manager.patience == expected)
  }

  @Test func `other programs do not get the manager's address`() {
    let environment = environment([
      "NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1", "PATH": "/bin",
    ])
    #expect(environment.variablesOfPrograms == ["PATH": "/bin"])
  }

  @Test func `lines for the journal begin with their level`() throws {
    let path = try folder.write("", to: "stderr")
    let descriptor = open(path, O_WRONLY)
    defer { close(descriptor) }
    var status = stat()
    try #require(fstat(descriptor, &status) == 0)
    let stream = "\(status.st_dev):\(status.st_ino)"
    let journal = Journal(environment(["JOURNAL_STREAM": stream]), descriptor: descriptor)
    #expect(journal.prefix(of: .error) == "<3>")
    #expect(journal.prefix(of: .notice) == "<5>")
    #expect(journal.prefix(of: .hint) == "<6>")
    let other = Journal(environment(["JOURNAL_STREAM": "1:1"]), descriptor: descriptor)
    #expect(other.prefix(of: .error) == "wabatop serve: ")
  }
}
