import NIOCore
import NIOPosix
import NIOSSL

/// A server of a few lines that gives every request the same bytes, right or wrong.
struct RawServer {
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  var port: Int { channel.localAddress?.port ?? 0 }

  /// Listens on a free port of 127.0.0.1.
  ///
  /// - Parameters:
  ///   - bytes: The answer; nothing is answered to nothing.
  ///   - tls: With the test's certificate for `localhost`.
  ///   - closes: Ends the connection after the answer.
  /// - Throws: Where it cannot listen, or the certificate cannot be read.
  init(answering bytes: [UInt8], tls: Bool = false, closes: Bool = false) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let context = try tls ? Self.context() : nil
    channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          }
          try channel.pipeline.syncOperations.addHandler(Answer(bytes: bytes, closes: closes))
        }
      }
      .bind(host: "127.0.0.1", port: 0)
      .get()
  }

  func stop() async throws {
    try await channel.close()
    try await group.shutdownGracefully()
  }

  private static func context() throws -> NIOSSLContext {
    let certificate = try NIOSSLCertificate(
      bytes: Array(TestCertificate.certificate.utf8),
      format: .pem
    )
    let key = try NIOSSLPrivateKey(bytes: Array(TestCertificate.key.utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: [.certificate(certificate)],
        privateKey: .privateKey(key)
      )
    )
  }

  private final class Answer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let bytes: [UInt8]
    private let closes: Bool

    init(bytes: [UInt8], closes: Bool) {
      self.bytes = bytes
      self.closes = closes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let answer = wrapOutboundOut(ByteBuffer(bytes: bytes))
      context.writeAndFlush(answer, promise: nil)
      if closes { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
