/// Nodes as JSON, field by field; one unknown field fails the request, as at Graph.
struct GraphFields {
  let worldState: WorldState
  let account: Int
  let version: String

  /// A field of a node, with its value; nil if it has no value.
  enum Field {
    case value(String?)
    case nonexisting
  }

  /// `a,b{c,d},e.limit(5)` → `a`, `b`, `e`.
  static func names(in list: String) -> [String] {
    var names: [String] = []
    var name = ""
    var depth = 0
    for character in list + "," {
      switch character {
      case "{", "(": depth += 1
      case "}", ")": depth -= 1
      case "," where depth == 0:
        if !name.isEmpty { names.append(String(name.prefix { $0 != "." })) }
        name = ""
      case _ where depth == 0 && !character.isWhitespace: name.append(character)
      default: break
      }
    }
    return names
  }

  func answer(_ node: GraphNode, fields: [String]) -> SimulatedAnswer {
    switch object(node, fields: fields) {
    case .success(let text): SimulatedAnswer(text)
    case .failure(let refusal): refusal.answer
    }
  }

  func object(_ node: GraphNode, fields: [String]) -> Result<String, Refusal> {
    var members: [(String, String?)] = []
    for name in fields {
      switch field(name, of: node) {
      case .value(let value): members.append((name, value))
      case .nonexisting: return .failure(Refusal(field: name, node: node))
      }
    }
    if !fields.contains("id"), case .value(let id) = field("id", of: node) {
      members.append(("id", id))
    }
    return .success(JSONText.object(members))
  }

  /// The whole request fails for one field.
  struct Refusal: Error {
    let field: String
    let node: GraphNode

    var answer: SimulatedAnswer {
      GraphEndpoints.error(
        100,
        "(#100) Tried accessing nonexisting field (\(field)) on node type (\(node.typeName))"
      )
    }
  }

  private func field(_ name: String, of node: GraphNode) -> Field {
    switch node {
    case .phoneNumber(let index): phoneField(name, index)
    case .waba(let index): wabaField(name, index)
    case .business(let index): businessField(name, index)
    case .template(let index): templateField(name, index)
    }
  }

  /// The portfolio's limit came with v24.0.
  func portfolioLimit(_ limit: String) -> Field {
    let major = Int(version.dropFirst().prefix { $0 != "." }) ?? 0
    return major >= 24 ? .value(JSONText.quoted(limit)) : .nonexisting
  }
}
