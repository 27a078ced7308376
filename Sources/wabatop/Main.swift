import App
import Foundation

@main
struct Main {
  /// Not asynchronous, because then the main actor would run on whichever thread is free.
  ///
  /// So it keeps the first thread: a key never waits for a thread, and others can have a lower
  /// priority.
  static func main() {
    Task(priority: .medium) { @MainActor in exit(await Wabatop.run()) }
    RunLoop.main.run()
  }
}
