/// `/<waba>/message_templates`, at Meta and at those who pass it on.
struct GraphTemplates {
  let scene: Scene
  let account: Int
  var version = "v24.0"

  func list(of waba: Int, _ request: SimulatedRequest) -> SimulatedAnswer {
    let wanted = request.query["status"].map { $0.uppercased() }
    let templates = scene.world.wabas[waba].templates.filter {
      wanted == nil || wanted == scene.status(ofTemplate: $0)
    }
    guard let page = GraphPage(of: templates.count, request) else {
      return GraphEndpoints.error(131059, "(#131059) Invalid paging cursor")
    }
    let names = request.query["fields"].map(GraphFields.names)
    let fields = GraphFields(scene: scene, account: account, version: version)
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
