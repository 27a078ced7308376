extension GraphError {
  /// The requested fields that this error says the node doesn't have; none for any other error.
  ///
  /// One unknown field fails the whole request. The text is `(#100) Tried accessing nonexisting
  /// field (x) on node type (Y)` or another one, depending on version and proxy. So it is enough
  /// that the text mentions a field and one of the requested names.
  package func unknownFields(among requested: [String]) -> [String] {
    guard code == 100, subcode != 33 else { return [] }
    for text in [message, details, userMessage].compactMap(\.self) {
      let words = Self.identifiers(in: text)
      guard let start = words.firstIndex(where: { Self.fieldWords.contains($0.lowercased()) })
      else { continue }
      // The names are adjacent; an `id` later in the sentence is not one of them.
      let named = words[start...].drop { !requested.contains($0) }.prefix(while: requested.contains)
      if !named.isEmpty { return Array(named) }
      // `health_status is not a valid field`
      if let before = words[..<start].last(where: requested.contains) { return [before] }
    }
    return []
  }

  private static let fieldWords: Set<String> = ["field", "fields"]

  private static func identifiers(in text: String) -> [String] {
    text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "_" }.map(String.init)
  }
}
