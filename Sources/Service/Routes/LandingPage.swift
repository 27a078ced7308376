/// `/`: what there is.
package struct LandingPage: Sendable {
  private let version: String

  package init(version: String) { self.version = version }

  package var routes: [String: ServiceRoutes.Route] {
    ["/": ServiceRoutes.Route { _ in .now(response) }]
  }

  private static let paths = [
    ("/wall", "the tiles, for a screen on the wall: ?theme=light, ?filter=…, ?size=160x50"),
    ("/metrics", "for Prometheus"),
    ("/api/v1/numbers", "every number, as `wabatop check --output json`: ?filter=…"),
    (
      "/api/v1/incidents",
      "causes with their numbers and templates: ?since=30d, ?until=…, ?open=yes, ?filter=…"
    ),
    (
      "/api/v1/history",
      "what `wabatop history` prints: ?since=30d, ?until=…, ?by=account, ?filter=…"
    ),
    ("/api/v1/events", "what changes, as server-sent events: ?filter=…"),
    ("/readyz", "whether anything is known yet, and which accounts need attention"),
    ("/healthz", "whether it lives"),
  ]

  private var response: HTTPResponse {
    let rows = Self.paths.map { "<dt><a href=\"\($0.0)\">\($0.0)</a></dt><dd>\($0.1)</dd>" }
    let text = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>wabatop</title>
      </head>
      <body>
      <h1>wabatop \(version)</h1>
      <p>What this wabatop finds out about its phone numbers. A request asks no provider and changes nothing.</p>
      <dl>
      \(rows.joined(separator: "\n"))
      </dl>
      </body>
      </html>

      """
    return HTTPResponse(type: "text/html; charset=utf-8", ResponseBytes(text))
  }
}
