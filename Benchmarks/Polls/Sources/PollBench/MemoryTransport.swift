import Glibc
import Health
import Providers
import Synchronization

/// Answers from memory: what a poll costs beside the network.
///
/// One thread answers, as one does in the real transport, so a poll's task is suspended and resumed
/// as often as it is there.
final class MemoryTransport: HTTPTransport {
  private struct Waiting {
    var requests: [(url: String, continuation: CheckedContinuation<HTTPAnswer, Never>)] = []
    var isEnded = false
  }

  private let waiting = Mutex(Waiting())
  private let wake = Semaphore()
  private let body: @Sendable (String) -> [UInt8]

  /// - Parameter body: The bytes of the answer for a URL.
  init(body: @escaping @Sendable (String) -> [UInt8]) {
    self.body = body
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread,
      nil,
      { context in
        guard let context else { return nil }
        Unmanaged<MemoryTransport>.fromOpaque(context).takeRetainedValue().answerAll()
        return nil
      },
      context
    )
  }

  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    await withCheckedContinuation { continuation in
      let isFirst = waiting.withLock { waiting in
        waiting.requests.append((request.url, continuation))
        return waiting.requests.count == 1
      }
      if isFirst { wake.signal() }
    }
  }

  private static let head = Array(
    """
    HTTP/1.1 200 OK\r
    Server: nginx/1.22.1\r
    Date: Wed, 25 Nov 2026 17:20:00 GMT\r
    Content-Type: application/json\r
    Content-Length: 1900\r
    Connection: keep-alive\r
    \r

    """.utf8
  )

  func end() {
    waiting.withLock { $0.isEnded = true }
    wake.signal()
  }

  private func answerAll() {
    while true {
      wake.wait()
      let (requests, isEnded) = waiting.withLock { waiting in
        defer { waiting.requests = [] }
        return (waiting.requests, waiting.isEnded)
      }
      for (url, continuation) in requests {
        let body = body(url)
        continuation.resume(
          returning: HTTPAnswer(
            status: 200,
            head: HTTPHead(Self.head),
            body: body,
            latency: .milliseconds(4)
          )
        )
      }
      if isEnded { return }
    }
  }
}

private final class Semaphore: @unchecked Sendable {
  // The system's own semaphore is made for threads to share; it stays at this address.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }

  func wait() { while sem_wait(semaphore) != 0 {} }
}
