import CMicrohttpd

/// A connection of libmicrohttpd.
///
/// Unchecked, because pointers are not Sendable: resuming is allowed from any thread, and everything else
/// is called on the server's thread only.
struct ClientConnection: @unchecked Sendable {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  var id: UInt { UInt(bitPattern: pointer) }

  func suspend() { chttpd_suspend(pointer) }
  func resume() { chttpd_resume(pointer) }

  /// Those that are looked at; what comes in several lines is a list, as HTTP has it.
  var headers: [HTTPRequest.Header: String] {
    var headers: [HTTPRequest.Header: String] = [:]
    withUnsafeMutablePointer(to: &headers) { headers in
      chttpd_visit_headers(pointer, headers) { context, name, value in
        guard let header = HTTPRequest.Header(name: String(cString: name)) else { return }
        let text = String(cString: value)
        context?.assumingMemoryBound(to: [HTTPRequest.Header: String].self).pointee
          .merge([header: text]) { "\($0), \($1)" }
      }
    }
    return headers
  }

  /// Sends bytes, which are kept until they are sent.
  ///
  /// - Parameters:
  ///   - response: Its status and headers.
  ///   - bytes: Its body.
  ///   - whenSent: Called as soon as the bytes are not needed any more.
  /// - Returns: False if it can't be sent.
  func send(
    _ response: HTTPResponse,
    _ bytes: ResponseBytes,
    whenSent: @escaping () -> Void
  ) -> Bool {
    let kept = Unmanaged.passRetained(KeptBytes(bytes, whenSent: whenSent))
    let made = bytes.withBytes { bytes in
      chttpd_response_of_bytes(bytes.baseAddress, bytes.count, kept.toOpaque()) {
        if let context = $0 { Unmanaged<KeptBytes>.fromOpaque(context).release() }
      }
    }
    guard let made else {
      kept.release()
      return false
    }
    return queue(made, response)
  }

  /// Sends what comes in a stream.
  ///
  /// - Parameters:
  ///   - response: Its status and headers.
  ///   - stream: Its body.
  ///   - whenClosed: Called as soon as the client is gone, or has everything.
  /// - Returns: False if it can't be sent.
  func send(
    _ response: HTTPResponse,
    _ stream: ResponseStream,
    whenClosed: @escaping () -> Void
  ) -> Bool {
    let kept = Unmanaged.passRetained(KeptStream(stream, on: self, whenClosed: whenClosed))
    let made = chttpd_response_of_stream(
      Self.streamBlock,
      kept.toOpaque(),
      { context, _, buffer, room in
        guard let context else { return -1 }
        return Unmanaged<KeptStream>.fromOpaque(context).takeUnretainedValue()
          .take(into: UnsafeMutableRawBufferPointer(start: buffer, count: room))
      },
      { if let context = $0 { Unmanaged<KeptStream>.fromOpaque(context).release() } }
    )
    guard let made else {
      kept.release()
      return false
    }
    return queue(made, response)
  }

  private static let streamBlock = 4096

  private func queue(_ made: OpaquePointer, _ response: HTTPResponse) -> Bool {
    for header in response.headers { _ = chttpd_response_add(made, header.name, header.value) }
    return chttpd_respond(pointer, UInt32(response.status), made)
  }
}

/// Bytes that libmicrohttpd sends, for as long as it needs them.
private final class KeptBytes {
  private let bytes: ResponseBytes
  private let whenSent: () -> Void

  init(_ bytes: ResponseBytes, whenSent: @escaping () -> Void) {
    self.bytes = bytes
    self.whenSent = whenSent
  }

  deinit { whenSent() }
}

/// A stream that libmicrohttpd reads, for as long as the client is there.
private final class KeptStream {
  private let stream: ResponseStream
  private let connection: ClientConnection
  private let whenClosed: () -> Void

  init(
    _ stream: ResponseStream,
    on connection: ClientConnection,
    whenClosed: @escaping () -> Void
  ) {
    self.stream = stream
    self.connection = connection
    self.whenClosed = whenClosed
  }

  deinit {
    stream.close()
    whenClosed()
  }

  /// -1 is the end.
  func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    stream.take(into: buffer) { [connection] in
      connection.suspend()
      return { connection.resume() }
    } ?? -1
  }
}
