import Glibc
import Synchronization

/// A body that goes on: bytes wait here until the client takes them.
///
/// Nobody waits for a client: what is added beyond its room ends the stream.
package final class ResponseStream: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    /// How many of them were taken.
    var taken = 0
    var isOver = false
    /// Resumes the connection, if it waits for bytes.
    var wake: (@Sendable () -> Void)?
    var whenClosed: (@Sendable () -> Void)?

    var count: Int { waiting.count - taken }

    mutating func resume() {
      wake?()
      wake = nil
    }
  }

  private let room: Int
  private let state = Mutex(State())

  /// - Parameter room: How many bytes may wait for the client.
  package init(room: Int) { self.room = room }

  /// How many bytes wait for the client.
  package var waitingCount: Int { state.withLock { $0.count } }

  /// Called once when the client is gone, or the stream has ended and all was taken.
  package func whenClosed(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.whenClosed = body }
  }

  /// Adds bytes; without room for them, false, and nothing is added.
  package func append(_ bytes: [UInt8]) -> Bool {
    state.withLock { state in
      guard !state.isOver, state.count + bytes.count <= room else { return false }
      state.waiting += bytes
      state.resume()
      return true
    }
  }

  /// Ends the stream after what waits, and some last bytes.
  package func end(after bytes: [UInt8] = []) {
    state.withLock { state in
      guard !state.isOver else { return }
      state.waiting += bytes
      state.isOver = true
      state.resume()
    }
  }

  /// Takes bytes for the client.
  ///
  /// - Parameters:
  ///   - buffer: Where they go.
  ///   - suspend: Called if there are none yet; what it returns is called as soon as there are.
  /// - Returns: How many bytes; nil at the end.
  package func take(
    into buffer: UnsafeMutableRawBufferPointer,
    orWait suspend: () -> @Sendable () -> Void
  ) -> Int? {
    state.withLock { state in
      guard state.count > 0 else {
        guard !state.isOver else { return nil }
        state.wake = suspend()
        return 0
      }
      let count = min(state.count, buffer.count)
      buffer.copyBytes(from: state.waiting[state.taken..<(state.taken + count)])
      state.taken += count
      if state.taken == state.waiting.count { (state.waiting, state.taken) = ([], 0) }
      return count
    }
  }

  /// The client is gone, or has everything.
  package func close() {
    let body = state.withLock { state in
      state.isOver = true
      state.wake = nil
      defer { state.whenClosed = nil }
      return state.whenClosed
    }
    body?()
  }
}
