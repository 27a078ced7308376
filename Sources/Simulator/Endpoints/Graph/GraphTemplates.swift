/// `/<waba>/message_templates`, at Meta and at compatible providers.
struct GraphTemplates {
  let worldState: WorldState
  let account: Int
  var version = "v24.0"

  func list(of waba: Int, _ request: SimulatedRequest) -> SimulatedAnswer {
    let wanted = request.query["status"].map { $0.uppercased() }
    let templates = worldState.world.wabas[waba].templates.filter {
      wanted == nil || wanted == worldState.status(ofTemplate: $0)
    }
    guard let page = GraphPage(of: templates.count, request) else {
      return GraphEndpoints.error(131059, "(#131059) Invalid paging cursor")
    }
    let names = request.query["fields"].map(GraphFields.names)
    let fields = GraphFields(worldState: worldState, account: account, version: version)
    var elements: [String] = []
    for index in templates[page.range] {
      let node = GraphNode.template(index)
      switch fields.object(node, fields: names ?? node.defaultFields) {
      case .success(let text): elements.append(text)
      case .failure(let refusal): return refusal.answer
      }
    }
    return SimulatedAnswer(page.text(elements))
  }
}
