/// Expands `${NAME}` in a value; `$$` is a dollar, and any other dollar stays.
enum VariableExpansion {
  enum Fault: Error, Hashable {
    case unset(String)
    case notClosed
    case notAName(String)

    var text: String {
      switch self {
      case .unset(let name): "environment variable \(name) is not set"
      case .notClosed: "\"${\" has no \"}\"; write $$ for a dollar"
      case .notAName: "the text between \"${\" and \"}\" is not the name of a variable"
      }
    }
  }

  static func expand(
    _ text: String,
    with variables: [String: String]
  ) throws(Fault) -> String {
    var result = ""
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.hasPrefix("$") {
        result += "$"
        rest = rest.dropFirst()
      } else if rest.hasPrefix("{") {
        guard let end = rest.firstIndex(of: "}") else { throw .notClosed }
        result += try value(of: String(rest[..<end].dropFirst()), in: variables)
        rest = rest[rest.index(after: end)...]
      } else {
        result += "$"
      }
    }
    return result + rest
  }

  private static func value(
    of name: String,
    in variables: [String: String]
  ) throws(Fault) -> String {
    guard let first = name.first, first.isLetter || first == "_",
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else { throw .notAName(name) }
    guard let value = variables[name] else { throw .unset(name) }
    return value
  }
}
