import AsyncHTTPClient
import Health
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Providers
import Synchronization

/// The clients of one transport: one for the system's certificate authorities, one for each `ca_file`.
final class HTTPClients: Sendable {
  private struct State {
    var group: MultiThreadedEventLoopGroup?
    var byCAFile: [String?: HTTPClient] = [:]
    var hasEnded = false
  }

  private let state = Mutex(State())

  deinit { shutdown() }

  /// The client that trusts the authorities of the file, or the system's; made at its first request.
  ///
  /// - Throws: `.unreachable` where the file cannot be read, or after the end.
  func client(caFile: String?) throws(ProviderError) -> HTTPClient {
    let result: Result<HTTPClient, ProviderError> = state.withLock { state in
      if state.hasEnded { return .failure(ProviderError(.unreachable, "wabatop is ending.")) }
      if let client = state.byCAFile[caFile] { return .success(client) }
      do throws(ProviderError) {
        let configuration = try Self.configuration(caFile: caFile)
        // One thread moves bytes for thousands of requests a second; decoding happens elsewhere.
        let group = state.group ?? MultiThreadedEventLoopGroup(numberOfThreads: 1)
        state.group = group
        let client = HTTPClient(
          eventLoopGroupProvider: .shared(group),
          configuration: configuration
        )
        state.byCAFile[caFile] = client
        return .success(client)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Begins the end and does not wait for it: quitting is immediate.
  func shutdown() {
    let (clients, group) = state.withLock { state in
      defer { state = State(hasEnded: true) }
      return (Array(state.byCAFile.values), state.group)
    }
    guard let group else { return }
    let ended = clients.map { client in
      let promise = group.next().makePromise(of: Void.self)
      client.shutdown { _ in promise.succeed() }
      return promise.futureResult
    }
    EventLoopFuture.andAllComplete(ended, on: group.next()).whenComplete { _ in
      group.shutdownGracefully { _ in }
    }
  }

  private static func configuration(
    caFile: String?
  ) throws(ProviderError) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try tls(caFile: caFile),
      redirectConfiguration: .disallow,
      timeout: HTTPClient.Configuration.Timeout(connect: .seconds(10)),
      decompression: .enabled(limit: .size(HTTPRequest.largestBody))
    )
    // Accounts bound themselves; those that share a host must not wait for a slow one's connections.
    configuration.connectionPool = HTTPClient.Configuration.ConnectionPool(
      idleTimeout: .seconds(90),
      concurrentHTTP1ConnectionsPerHostSoftLimit: 256
    )
    // A refused connection is an answer; trying again is the refresher's business.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    return configuration
  }

  private static func tls(caFile: String?) throws(ProviderError) -> TLSConfiguration? {
    guard let caFile else { return nil }
    var configuration = TLSConfiguration.makeClientConfiguration()
    do {
      configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(caFile))
    } catch {
      throw ProviderError(
        .unreachable,
        "The certificate authorities in \(caFile) (ca_file) cannot be read. It must be a PEM file."
      )
    }
    return configuration
  }
}
