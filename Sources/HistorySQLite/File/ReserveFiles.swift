import Glibc
import History
import Synchronization

/// Files of reserved room beside the history: each process has one, and takes those of processes that are
/// gone as long as their lines count.
package final class ReserveFiles: NoteReserve {
  private static let most = 64

  private struct State {
    /// The first is this process's own.
    var held: [ReserveFile] = []
  }

  private let directory: String
  private let state = Mutex(State())

  /// Nothing is opened or made before it is used.
  package init(directory: String) { self.directory = directory }

  deinit { state.withLock { for file in $0.held { file.close() } } }

  package func add(_ line: String) -> Bool {
    state.withLock { state in
      state.held.indices.contains { state.held[$0].add(line) }
    }
  }

  package func clear() {
    state.withLock { state in
      for place in state.held.indices { state.held[place].clear() }
      for file in state.held.dropFirst() { file.close() }
      state.held = Array(state.held.prefix(1))
    }
  }

  package func takeLeft() -> [String] {
    state.withLock { state in
      var lines: [String] = []
      for number in 1...Self.most {
        let path = "\(directory)/history-reserve-\(number)"
        if state.held.contains(where: { $0.path == path }) { continue }
        if let file = ReserveFile(opening: path) {
          if !state.held.isEmpty, file.lines.isEmpty {
            file.close()
          } else {
            lines += file.lines
            state.held.append(file)
          }
        } else if access(path, F_OK) != 0 {
          // There are no more.
          if state.held.isEmpty, let file = make(path) { state.held = [file] }
          break
        }
      }
      return lines
    }
  }

  /// Nil where there is no room, or the directory can't hold a history.
  private func make(_ path: String) -> ReserveFile? {
    guard FileSystem.networkType(of: directory) == nil else { return nil }
    return ReserveFile(making: path)
  }
}
