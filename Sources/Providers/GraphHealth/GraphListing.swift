import Health

/// The pages of a list that could be read.
struct GraphListing: Sendable {
  /// Each with its part of the answer's bytes.
  var items: [GraphAnswer] = []
  /// Why it ends early.
  var failure: GraphFailure?
  /// A sentence on why items may be missing; nil for a complete list.
  var gap: String?

  var isWhole: Bool { gap == nil }

  /// Why the list can't be used, if only a complete list is useful.
  var partFailure: ProviderError? {
    failure?.error ?? gap.map { ProviderError(.unintelligible, $0) }
  }
}

extension GraphListing {
  /// Whether all items have ids: an item without one could be any that seems to be gone.
  var hasAllIDs: Bool { items.allSatisfy { $0.json["id"]?.nonBlankText != nil } }

  /// The gap of a list whose items need ids.
  func namelessGap(of subject: GraphSubject) -> String? {
    guard !hasAllIDs else { return nil }
    return ListWalk.sentence(ListWalk.nameless, of: subject.description, read: items.count)
  }
}

extension GraphConnection {
  /// Reads a list page by page until its end, a failure, or a limit of `GraphPageWalk`.
  ///
  /// `path` has no query; `node` is the type of the items.
  func list(
    _ path: String,
    fields: [String],
    of node: GraphNode,
    about subject: GraphSubject,
    through gate: any RequestGate
  ) async -> GraphListing {
    var listing = GraphListing()
    var walk = GraphPageWalk()
    var step = walk.first
    while case .ask(let cursor) = step {
      do throws(GraphFailure) {
        let (page, answer) = try await page(
          of: path,
          after: cursor,
          fields: fields,
          node,
          subject.asked(for: node),
          gate
        )
        listing.items += items(of: page, in: answer)
        step = walk.step(after: page)
      } catch {
        guard let again = walk.restart(after: error.graph) else {
          listing.failure = error
          listing.gap = gap("a page could not be read: \(error.error.message)", subject, walk)
          return listing
        }
        listing.items = []
        step = again
      }
    }
    if case .end(.cut(let reason)) = step { listing.gap = gap(reason, subject, walk) }
    return listing
  }

  private func gap(_ reason: String, _ subject: GraphSubject, _ walk: GraphPageWalk) -> String {
    ListWalk.sentence(reason, of: subject.description, read: walk.entries)
  }

  /// The largest page size that Graph accepts.
  private static let pageSize = 100

  private func page(
    of path: String,
    after cursor: String?,
    fields: [String],
    _ node: GraphNode,
    _ subject: GraphSubject,
    _ gate: any RequestGate
  ) async throws(GraphFailure) -> (GraphPage, HTTPAnswer) {
    let answer = try await get(fields: fields, of: node, about: subject, through: gate) { fields in
      let after = cursor.map { "&after=\($0.urlEscaped)" } ?? ""
      return "\(path)?fields=\(fields)&limit=\(Self.pageSize)\(after)"
    }
    guard let page = GraphPage(answer.json, from: exchange.baseURL) else {
      throw GraphFailure(
        error: ProviderError(
          .unintelligible,
          "\(caller.provider) answered about \(subject.description) without a list.",
          httpStatus: answer.answer.status
        ),
        answer: answer.answer
      )
    }
    return (page, answer.answer)
  }

  private func items(of page: GraphPage, in answer: HTTPAnswer) -> [GraphAnswer] {
    page.items.map { item in
      GraphAnswer(
        json: item,
        answer: HTTPAnswer(
          status: answer.status,
          body: Array(item.source),
          latency: answer.latency
        ),
        parts: parts
      )
    }
  }
}
