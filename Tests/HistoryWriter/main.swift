import Foundation
import Health
import History
import HistorySQLite
import Monitor

// Writes to a history until it is killed, and says each number that is safe: for tests of what is left.
//
//     HistoryWriter DIRECTORY [LARGEST-FILE-SIZE]

let arguments = CommandLine.arguments
guard arguments.count > 1 else { exit(64) }
if arguments.count > 2, let size = UInt(arguments[2]) {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: size, rlim_max: size)
  setrlimit(__rlimit_resource_t(1), &limit)
}

func transition(_ count: Int) -> Transition {
  Transition(
    date: Date(timeIntervalSince1970: 1_767_225_600 + Double(count)),
    subject: .number(PhoneNumber.ID(account: "acme", target: "\(count % 50)")),
    names: Names("+44 \(count % 50)", detail: String(repeating: "x", count: 200)),
    event: count.isMultiple(of: 3)
      ? .reloaded("\(count) " + String(repeating: "y", count: 500))
      : .state(from: nil, to: count.isMultiple(of: 2) ? .blocked : .available)
  )
}

func report(_ line: String) {
  // One write, which is either seen or not.
  let bytes = Array((line + "\n").utf8)
  _ = write(STDOUT_FILENO, bytes, bytes.count)
}

do {
  let opened = try await SQLiteHistory.open(directory: arguments[1], at: Date())
  report("open")
  for count in 1... {
    var batch = Batch()
    batch.transitions = [transition(count)]
    do {
      try await opened.store.write(batch)
      report("\(count)")
    } catch {
      report("error \(error)")
      exit(1)
    }
  }
} catch {
  report("error \(error)")
  exit(1)
}
