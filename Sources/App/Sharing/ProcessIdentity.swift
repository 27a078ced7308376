import Foundation
import Glibc
import History
import Providers

/// Which process of which machine something is of, as a text that other processes can judge.
struct ProcessIdentity: Hashable, Sendable {
  let number: Int32
  /// When it started, in the kernel's own count: numbers are given again.
  private let start: String
  /// What the machine, its start and the process's namespace are known by, without saying which they
  /// are: a directory that was copied to another machine tells nothing of processes there.
  private let machine: String

  var text: String { "\(number) \(start) \(machine)" }

  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, let number = Int32(parts[0]) else { return nil }
    self.number = number
    start = String(parts[1])
    machine = String(parts[2])
  }

  private init(number: Int32, start: String, machine: String) {
    self.number = number
    self.start = start
    self.machine = machine
  }

  /// This process.
  static let current = Self(
    number: getpid(),
    start: Self.stat(of: getpid())?.start ?? "-",
    machine: Self.machine
  )

  /// What is known of the process that a text names.
  static func judge(_ text: String) -> AccountLeases.Holder {
    guard let identity = Self(text), identity.machine == machine, current.start != "-" else {
      return .unknown
    }
    // A process of another user can be there without being seen in /proc.
    if kill(identity.number, 0) != 0, errno == ESRCH { return .gone }
    guard let stat = stat(of: identity.number) else { return .running }
    return stat.start == identity.start && !stat.hasEnded ? .running : .gone
  }

  private static func stat(of number: Int32) -> (start: String, hasEnded: Bool)? {
    guard let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
      // The name may hold anything.
      let name = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[name...].split(separator: " ")
    guard fields.count > 20 else { return nil }
    // Ended, and perhaps not yet collected by who started it.
    return (String(fields[20]), ["Z", "X", "x"].contains(fields[1]))
  }

  /// A random one where nothing tells, which no other process has.
  private static let machine: String = {
    guard let boot,
      let namespace = try? FileManager.default
        .destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    else { return UUID().uuidString }
    return SHA256.digest(of: Array("wabatop \(boot) \(namespace)".utf8)).prefix(16).hexadecimal
  }()

  /// The same for all processes until the machine starts anew.
  static let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
}
