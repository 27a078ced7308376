/// The bytes of one JSON document, and the places of its values.
///
/// The values are in one flat array, each container before its contents. So parsing an answer of
/// any size costs two allocations, and unused values cost none.
final class JSONDocument: Sendable {
  struct Node: Sendable {
    let kind: Kind
    /// Whether it is a string without escapes, whose bytes are its text.
    let isPlain: Bool
    /// Excludes a string's quotes, includes a container's brackets.
    let start: UInt32
    var end: UInt32
    /// The node after this one and its contents.
    var next: UInt32
  }

  enum Kind: UInt8, Sendable {
    case null
    case `true`
    case `false`
    case number
    case string
    case array
    /// Names and values alternate.
    case object
  }

  let bytes: [UInt8]
  let nodes: [Node]

  init(bytes: [UInt8], nodes: [Node]) {
    self.bytes = bytes
    self.nodes = nodes
  }

  /// The bytes of a node; empty for the absent node.
  @inline(__always)
  func withBytes<Result>(of node: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let range = Int(nodes[node].start)..<Int(nodes[node].end)
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Whether a string node equals `text`.
  @inline(__always)
  func node(_ node: Int, says text: String) -> Bool {
    guard nodes[node].isPlain else { return self.text(of: node) == text }
    guard Int(nodes[node].end - nodes[node].start) == text.utf8.count else { return false }
    return withBytes(of: node) { $0.elementsEqual(text) }
  }

  func text(of node: Int) -> String {
    withBytes(of: node) { bytes in
      nodes[node].isPlain
        ? String(decoding: bytes, as: UTF8.self) : JSONEscapes.text(of: bytes)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these bytes, of the same count, are the text's.
  @inline(__always)
  fileprivate func elementsEqual(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { other in
      var index = 0
      while index < count {
        if self[index] != other[index] { return false }
        index += 1
      }
      return true
    } ?? elementsEqual(text.utf8)
  }
}
