import Health
import Synchronization

/// Lets clients that ask for the same of the same state within a second share one answer.
///
/// Its bytes are kept only for as long as they are sent to somebody, because they may be many.
final class SharedAnswers: Sendable {
  /// What decides on an answer.
  struct Question: Hashable, Sendable {
    let path: String
    let query: String
    let headers: [HTTPRequest.Header: String]
    /// Of the monitor's state.
    let revision: Int

    init(_ request: HTTPRequest, at revision: Int) {
      (path, query) = (request.path, request.query)
      let names: Set = [HTTPRequest.Header.accept, .acceptEncoding, .ifNoneMatch]
      headers = request.headers.filter { names.contains($0.key) }
      self.revision = revision
    }
  }

  private enum Entry {
    case making([CheckedContinuation<HTTPResponse?, Never>])
    case made(Kept)
  }

  private struct Kept {
    let moment: Moment
    let status: Int
    let headers: [(name: String, value: String)]
    weak var bytes: ResponseBytes?

    /// Nil where it is too old, or nobody needs it any more.
    func response(at now: Moment) -> HTTPResponse? {
      guard now - moment < SharedAnswers.lifetime, let bytes else { return nil }
      return HTTPResponse(status: status, headers: headers, body: .bytes(bytes))
    }
  }

  private static let lifetime = Duration.seconds(1)
  private let entries = Mutex<[Question: Entry]>([:])

  /// How many wait for an answer that another client makes.
  var waitingCount: Int {
    entries.withLock { entries in
      entries.values.reduce(0) { count, entry in
        if case .making(let waiting) = entry { count + waiting.count } else { count }
      }
    }
  }

  func answer(
    to question: Question,
    at now: Moment,
    making make: () async -> HTTPResponse
  ) async -> HTTPResponse {
    if let shared = await shared(question, at: now) { return shared }
    let response = await make()
    for waiting in keep(response, as: question, at: now) { waiting.resume(returning: response) }
    return response
  }

  /// The answer that is there or is being made; nil where this client has to make it.
  private func shared(_ question: Question, at now: Moment) async -> HTTPResponse? {
    await withCheckedContinuation { continuation in
      let (isDecided, response) = entries.withLock { entries -> (Bool, HTTPResponse?) in
        switch entries[question] {
        case .making(let waiting):
          entries[question] = .making(waiting + [continuation])
          return (false, nil)
        case .made(let kept):
          if let response = kept.response(at: now) { return (true, response) }
        case nil: break
        }
        entries[question] = .making([])
        return (true, nil)
      }
      if isDecided { continuation.resume(returning: response) }
    }
  }

  /// Returns those that wait for it.
  private func keep(
    _ response: HTTPResponse,
    as question: Question,
    at now: Moment
  ) -> [CheckedContinuation<HTTPResponse?, Never>] {
    entries.withLock { entries in
      let former = entries.removeValue(forKey: question)
      entries = entries.filter { _, entry in
        if case .made(let kept) = entry { kept.response(at: now) != nil } else { true }
      }
      if case .bytes(let bytes) = response.body {
        let (status, headers) = (response.status, response.headers)
        entries[question] = .made(
          Kept(moment: now, status: status, headers: headers, bytes: bytes)
        )
      }
      if case .making(let waiting) = former { return waiting }
      return []
    }
  }
}
