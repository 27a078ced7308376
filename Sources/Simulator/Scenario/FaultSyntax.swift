import YAML

/// The table of fault names in scenario files.
enum FaultSyntax {
  /// Words without a value.
  static let words: [(name: String, fault: Fault)] = [
    ("silence", .silence), ("reset", .reset), ("truncated", .truncated), ("cut", .cut),
    ("oversized", .oversized), ("nesting", .nesting), ("throttled", .throttled(retryAfter: nil)),
    ("extra_answer", .extraAnswer), ("huge_head", .hugeHead), ("endless_head", .endlessHead),
    ("two_lengths", .twoLengths), ("bad_chunk", .badChunk), ("gzip_cut", .gzipCut),
  ]

  typealias Reader =
    @Sendable (ScenarioMapping, String) throws(ScenarioError) -> Fault?

  /// Words with a value.
  static let valued: [(name: String, read: Reader)] = [
    ("latency", duration { .latency($0) }),
    ("drip", duration { .drip($0) }),
    ("drip_head", duration { .dripHead($0) }),
    ("idle_close", duration { .idleClose(after: $0) }),
    ("status", number(in: 400...599) { .gateway(status: $0) }),
    ("interim", number(in: 100...199) { .interim(status: $0) }),
    ("length_off", number(in: -1_000_000...1_000_000) { .lengthOff(by: $0) }),
    ("throttled", text { .throttled(retryAfter: $0) }),
    ("redirect", text { .redirect(to: $0) }),
    ("body", text { .body($0) }),
    ("status_line", text { .statusLine($0) }),
    ("greeting", text { .greeting($0) }),
    ("encoding", text { .encoding($0) }),
    ("reset", phase),
  ]

  private static func duration(_ make: @escaping @Sendable (Duration) -> Fault) -> Reader {
    { (keys, name) throws(ScenarioError) in try keys.duration(name).map(make) }
  }

  private static func number(
    in range: ClosedRange<Int>,
    _ make: @escaping @Sendable (Int) -> Fault
  ) -> Reader {
    { (keys, name) throws(ScenarioError) in try keys.number(name, in: range).map(make) }
  }

  private static func text(_ make: @escaping @Sendable (String) -> Fault) -> Reader {
    { (keys, name) throws(ScenarioError) in try keys.text(name).map(make) }
  }

  private static let phase: Reader = { (keys, name) throws(ScenarioError) in
    try keys.word(name, as: Fault.ResetPhase.self).map { .resetDuring($0) }
  }
}

extension Fault {
  /// A word, or a mapping of one word to its value.
  init(_ node: YAMLNode) throws(ScenarioError) {
    if let word = node.scalar {
      guard let known = FaultSyntax.words.first(where: { $0.name == word }) else {
        let names = FaultSyntax.words.map(\.name).sorted().joined(separator: ", ")
        throw ScenarioError(node, "unknown fault '\(word)'; expected one of \(names)")
      }
      self = known.fault
      return
    }
    let keys = try ScenarioMapping(node, of: "'fault'", keys: FaultSyntax.valued.map(\.name))
    for (name, read) in FaultSyntax.valued {
      guard let fault = try read(keys, name) else { continue }
      self = fault
      return
    }
    throw ScenarioError(node, "'fault' is empty")
  }
}
