import CYAML

/// Why a text can't be read, and where.
package struct YAMLError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    /// A syntax error: the parser's message, its context and the context's line.
    case syntax(String, context: String?, line: Int?)
    /// The words, in alphabetical order.
    case keysGivenTwice([String])
    case severalDocuments
    case nestedTooDeep
    case tooManyValues
    case tooManyDirectives
  }

  package let problem: Problem
  /// Nil for the text as a whole.
  package let mark: YAMLMark?

  /// One sentence, without the place.
  package var message: String {
    switch problem {
    case .syntax(let problem, let context, let line):
      "not YAML: \(problem)" + Self.context(context, line) + Self.hint(problem)
    case .keysGivenTwice(let keys):
      "\(keys.count == 1 ? "key" : "keys") \(keys.map { "\"\($0)\"" }.joined(separator: ", "))"
        + " given more than once; keep one of each"
    case .severalDocuments: "expected one document: remove the line --- and what follows it"
    case .nestedTooDeep: "nested more than \(YAMLReader.deepest) levels deep"
    case .tooManyValues:
      "holds more than \(YAMLReader.mostValues) values, with each alias (*name) counted as all that it repeats"
    case .tooManyDirectives:
      "has more than \(YAMLReader.mostDirectives) lines that begin with %; expected none"
    }
  }

  private static func context(_ context: String?, _ line: Int?) -> String {
    guard let context, let line else { return "" }
    return " \(context) (line \(line))"
  }

  private static func hint(_ problem: String) -> String {
    problem.contains("cannot start any token") || problem.contains("mapping values")
      ? "; does a value need quotes, or is an indent wrong?" : ""
  }
}

extension YAMLError {
  /// The error of a stopped parser.
  init(_ parser: yaml_parser_t, in text: UnsafeBufferPointer<UInt8>) {
    let words = parser.problem.map { String(cString: $0) } ?? "the parser ran out of memory"
    guard parser.error != YAML_READER_ERROR else {
      problem = .syntax(words, context: nil, line: nil)
      mark = YAMLMark(ofByte: parser.problem_offset, in: text)
      return
    }
    problem = .syntax(
      words,
      context: parser.context.map { String(cString: $0) },
      line: parser.context.map { _ in YAMLMark(parser.context_mark).line }
    )
    mark = parser.problem == nil ? nil : YAMLMark(parser.problem_mark)
  }
}

extension YAMLMark {
  init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }

  init(ofByte offset: Int, in text: UnsafeBufferPointer<UInt8>) {
    let before = text.prefix(offset)
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let isFirstByte = { (byte: UInt8) in byte & 0xC0 != 0x80 }
    self.init(
      line: before.count { $0 == UInt8(ascii: "\n") } + 1,
      column: before[start...].count(where: isFirstByte) + 1
    )
  }
}
