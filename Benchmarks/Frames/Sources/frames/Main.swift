import Canvas
import Glibc
import Health
import Monitor
import Screens
import Terminal

/// What a key, a frame and a sweep cost, without a network: processor time by phase.
///
///     frames keys 10000 160x50 jjjjkkkkG        keys over a fleet, drawn on a canvas
///     frames present 10000 160x50 jjjjkkkkG     the same, sent to the terminal it runs in
///     frames filter 100000 80x24 waba:200       typed into the filter, a key each
///     frames sweep 100000 160x50                all numbers read again, in batches, drawn twice a second
///     frames status 10000 80x24                 one number changes a frame, sent to the terminal
///     frames turns 50000 160x50                 how long a key waits while all numbers are read
@main
@MainActor
struct Main {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count >= 3, let count = Int(words[2]), let size = ScreenSize(words[3]) else {
      return print(
        "frames keys|present|filter|sweep|status|turns NUMBERS WIDTHxHEIGHT [KEYS [REPEAT]]"
      )
    }
    if words[1] == "turns" { return await Turns(count: count, size: size).run() }
    let keys = words.count > 3 ? words[4] : String(repeating: "j", count: 200)
    let times = words.count > 4 ? Int(words[5]) ?? 1 : 1
    let bench = Bench(count: count, size: size)
    switch words[1] {
    case "keys": bench.press(keys, times: times)
    case "present": try bench.present(keys, times: times)
    case "filter": bench.type(keys)
    case "sweep": bench.sweep()
    case "status": try bench.changeStatus()
    default: return print("unknown: \(words[1])")
    }
    print("\(words.joined(separator: " "))")
    print(bench.watch.report())
  }
}

extension ScreenSize {
  init?(_ text: String) {
    let sides = text.split(separator: "x").compactMap { Int($0) }
    guard sides.count == 2 else { return nil }
    self.init(width: sides[0], height: sides[1])
  }
}
