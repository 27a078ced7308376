import CYAML

extension YAMLNode {
  /// Reads a text that holds one document.
  ///
  /// - Returns: Nil if it is empty or has only comments.
  /// - Throws: The first mistake. Depth and size are limited, so that any text is read quickly.
  package static func read(_ text: String) throws(YAMLError) -> YAMLNode? {
    var text = text
    let result = text.withUTF8 { bytes -> Result<YAMLNode?, YAMLError> in
      Result { () throws(YAMLError) in
        var reader = YAMLReader(bytes)
        return try reader.document()
      }
    }
    return try result.get()
  }
}

/// Builds nodes from the events of libyaml's parser.
struct YAMLReader: ~Copyable {
  /// Much more than any of our files needs.
  static let deepest = 64
  /// Twice as many as 100,000 numbers with labels need.
  static let mostValues = 1_000_000
  static let mostDirectives = 16

  private struct Anchored {
    let node: YAMLNode
    /// The number of values in it, including itself.
    let count: Int
    /// The number of levels.
    let height: Int
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  /// The next event.
  private let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
  private var anchors: [String: Anchored] = [:]
  private var count = 0
  /// The deepest level of what is being read.
  private var reached = 0

  /// - Parameter text: Must outlive the reader.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    event.initialize(to: yaml_event_t())
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  mutating func document() throws(YAMLError) -> YAMLNode? {
    try limitDirectives()
    try advance()
    try advance()
    guard event.pointee.type == YAML_DOCUMENT_START_EVENT else { return nil }
    try advance()
    let root = try node(depth: 1)
    try advance()
    guard event.pointee.type == YAML_STREAM_END_EVENT else { throw error(.severalDocuments) }
    return root
  }

  private mutating func advance() throws(YAMLError) {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) == 1 else {
      throw YAMLError(parser.pointee, in: text)
    }
  }

  /// The parser compares each directive with all earlier ones, which takes minutes for a few
  /// megabytes.
  private func limitDirectives() throws(YAMLError) {
    var count = 0
    var isStart = true
    for (index, byte) in text.enumerated() {
      if isStart, byte == UInt8(ascii: "%") {
        count += 1
        guard count <= Self.mostDirectives else {
          throw YAMLError(problem: .tooManyDirectives, mark: YAMLMark(ofByte: index, in: text))
        }
      }
      isStart = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
  }

  /// Reads the node that starts with the current event.
  private mutating func node(depth: Int) throws(YAMLError) -> YAMLNode {
    try reach(depth)
    let mark = YAMLMark(event.pointee.start_mark)
    let before = (count: count, reached: reached)
    reached = depth
    defer { reached = max(reached, before.reached) }
    let anchor: String?
    let content: YAMLNode.Content
    switch event.pointee.type {
    case YAML_ALIAS_EVENT: return try aliased(depth: depth)
    case YAML_SEQUENCE_START_EVENT:
      anchor = Self.name(event.pointee.data.sequence_start.anchor)
      content = .sequence(try sequence(depth: depth))
    case YAML_MAPPING_START_EVENT:
      anchor = Self.name(event.pointee.data.mapping_start.anchor)
      content = .mapping(try mapping(depth: depth))
    default:
      anchor = Self.name(event.pointee.data.scalar.anchor)
      content = scalar
    }
    try add(1)
    try advance()
    let node = YAMLNode(content: content, mark: mark)
    if let anchor {
      anchors[anchor] = Anchored(
        node: node,
        count: count - before.count,
        height: reached - depth + 1
      )
    }
    return node
  }

  private var scalar: YAMLNode.Content {
    let bytes = UnsafeBufferPointer(
      start: event.pointee.data.scalar.value,
      count: event.pointee.data.scalar.length
    )
    return .scalar(
      String(decoding: bytes, as: UTF8.self),
      isQuoted: event.pointee.data.scalar.style != YAML_PLAIN_SCALAR_STYLE
    )
  }

  private mutating func sequence(depth: Int) throws(YAMLError) -> [YAMLNode] {
    var nodes: [YAMLNode] = []
    try advance()
    while event.pointee.type != YAML_SEQUENCE_END_EVENT {
      nodes.append(try node(depth: depth + 1))
    }
    return nodes
  }

  private mutating func mapping(depth: Int) throws(YAMLError) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    try advance()
    while event.pointee.type != YAML_MAPPING_END_EVENT {
      let key = try node(depth: depth + 1)
      entries.append(YAMLEntry(key: key, value: try node(depth: depth + 1)))
    }
    try rejectKeysGivenTwice(in: entries)
    return entries
  }

  private func rejectKeysGivenTwice(in entries: [YAMLEntry]) throws(YAMLError) {
    let words = entries.compactMap(\.key.scalar)
    guard Set(words).count < words.count else { return }
    let twice = Dictionary(grouping: words) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    let first = entries.first { $0.key.scalar == twice.first }
    throw YAMLError(problem: .keysGivenTwice(twice), mark: first?.key.mark)
  }

  /// The node of an alias.
  ///
  /// Sharing it is free, but all its values count again, since later steps process them for each
  /// alias.
  private mutating func aliased(depth: Int) throws(YAMLError) -> YAMLNode {
    guard let name = Self.name(event.pointee.data.alias.anchor), let anchored = anchors[name] else {
      throw error(.syntax("found undefined alias", context: nil, line: nil))
    }
    try add(anchored.count)
    try reach(depth + anchored.height - 1)
    try advance()
    return anchored.node
  }

  private mutating func reach(_ depth: Int) throws(YAMLError) {
    guard depth <= Self.deepest else { throw error(.nestedTooDeep) }
    reached = max(reached, depth)
  }

  private mutating func add(_ more: Int) throws(YAMLError) {
    count += more
    guard count <= Self.mostValues else { throw error(.tooManyValues) }
  }

  private func error(_ problem: YAMLError.Problem) -> YAMLError {
    YAMLError(problem: problem, mark: YAMLMark(event.pointee.start_mark))
  }

  private static func name(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
