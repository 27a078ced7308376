/// The bytes of one JSON document with where its values stand in them.
///
/// The values lie in one flat array, a container before what is in it, so reading an answer costs two
/// allocations however much it holds, and a value that nobody asks for costs none.
final class JSONDocument: Sendable {
  struct Node: Sendable {
    let kind: Kind
    /// A string without escapes: its bytes are its text.
    let isPlain: Bool
    /// Of a string without its quotes, of a container with its brackets.
    let start: UInt32
    var end: UInt32
    /// The node after this one and all that is in it.
    var next: UInt32
  }

  enum Kind: UInt8, Sendable {
    case null
    case `true`
    case `false`
    case number
    case string
    case array
    /// Names and values by turns.
    case object
  }

  let bytes: [UInt8]
  let nodes: [Node]

  init(bytes: [UInt8], nodes: [Node]) {
    self.bytes = bytes
    self.nodes = nodes
  }

  /// The bytes of a node; none for a node that stands for nothing.
  @inline(__always)
  func withBytes<Result>(of node: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let range = Int(nodes[node].start)..<Int(nodes[node].end)
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Whether a string node says `text`.
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
  /// Whether these are the text's bytes, of which there are as many.
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
