import Configuration
import Providers
import Service
import Transport

// The libraries for requests and for answers.
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

  /// Who doesn't listen can do without it.
  var listenLine: Line {
    switch listenLibrary {
    case .loaded(let version): return Line(.ok, "libmicrohttpd", "\(version), for serve --listen")
    case .unusable(let reason):
      let isWanted = (try? configuration.get())?.serve.listen != nil
      return isWanted
        ? Line(.warn, "libmicrohttpd", reason)
        : Line(.ok, "libmicrohttpd", "not there; only serve --listen needs it")
    }
  }

  private var accountsWithHTTP2: [String] {
    let accounts = (try? configuration.get())?.accounts ?? []
    return accounts.filter(\.settings.usesHTTP2).map(\.settings.name)
  }
}
