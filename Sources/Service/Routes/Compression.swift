import CMicrohttpd
import Glibc

extension HTTPResponse {
  /// Small bodies gain nothing, and of large ones the time counts more than the size.
  private static let compressed = 1024...(1 << 20)

  /// The same in gzip, if the client accepts that and it is worth its time.
  func compressed(for request: HTTPRequest) -> Self {
    guard case .bytes(let bytes) = body, Self.compressed.contains(bytes.count),
      request.acceptsGzip, let smaller = bytes.compressed
    else { return self }
    var response = self
    response.body = .bytes(smaller)
    response.headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    return response
  }
}

extension HTTPRequest {
  fileprivate var acceptsGzip: Bool {
    (headers[.acceptEncoding] ?? "").split(separator: ",").contains { coding in
      let parts = coding.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
      let quality = parts.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
      return (parts.first == "gzip" || parts.first == "*") && quality != 0
    }
  }
}

extension ResponseBytes {
  /// Nil without zlib, or if it would not be smaller.
  fileprivate var compressed: ResponseBytes? {
    var writer = ByteWriter(capacity: count)
    let written = withBytes { bytes in
      bytes.baseAddress.map { base in
        writer.write(atMost: bytes.count) { chttpd_gzip(base, bytes.count, $0, $1) }
      }
    }
    return written ?? 0 > 0 ? writer.finish() : nil
  }
}
