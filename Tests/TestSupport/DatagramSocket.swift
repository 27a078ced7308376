import Glibc

/// A socket that receives datagrams, as a service manager listens.
package final class DatagramSocket: Sendable {
  private let descriptor: Int32

  /// - Parameter address: A path, or a name in the abstract namespace after `@`.
  /// - Throws: A reason if there is such a socket already, or the address is no good.
  package init(_ address: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(address.utf8)
    if address.hasPrefix("@") { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
    let length = MemoryLayout<sa_family_t>.size + bytes.count
    let result = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(length))
      }
    }
    guard result == 0 else { throw SocketError(reason: String(cString: strerror(errno))) }
  }

  deinit { close(descriptor) }

  package struct SocketError: Error { let reason: String }

  /// What has arrived; nil if nothing has.
  package func receive() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    guard count >= 0 else { return nil }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
