import Configuration
import Providers
import Transport

// The library for requests.
extension DoctorReport.Findings {
  var requestLine: Line {
    switch requestLibrary {
    case .unusable(let reason): return Line(.fail, "libcurl", reason)
    case .loaded(let version, let tls?, let speaksHTTP2):
      let http2 = speaksHTTP2 ? "with HTTP/2" : "without HTTP/2"
      guard !speaksHTTP2, !accountsWithHTTP2.isEmpty else {
        return Line(.ok, "libcurl", "\(version) with \(tls), \(http2)")
      }
      return Line(
        .warn,
        "libcurl",
        "\(version) with \(tls), \(http2): accounts with http2: true use HTTP/1.1"
          + " (\(accountsWithHTTP2.joined(separator: ", ")))"
      )
    case .loaded(let version, nil, _):
      return Line(
        .fail,
        "libcurl",
        "\(version) without TLS: no provider can be reached",
        advice: "install the distribution's own libcurl, which has it"
      )
    }
  }

  private var accountsWithHTTP2: [String] {
    let accounts = (try? configuration.get())?.accounts ?? []
    return accounts.filter(\.settings.usesHTTP2).map(\.settings.name)
  }
}
