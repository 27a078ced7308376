/// Answers of gateways instead of the provider.
enum GatewayPage {
  static func answer(_ status: Int) -> SimulatedAnswer {
    let title = "\(status) \(titles[status] ?? "Error")"
    var answer = SimulatedAnswer(
      """
      <html>\r
      <head><title>\(title)</title></head>\r
      <body>\r
      <center><h1>\(title)</h1></center>\r
      <hr><center>nginx</center>\r
      </body>\r
      </html>\r

      """,
      status: status
    )
    answer.contentType = "text/html"
    return answer
  }

  private static let titles = [
    403: "Forbidden", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Temporarily Unavailable", 504: "Gateway Time-out",
  ]
}
