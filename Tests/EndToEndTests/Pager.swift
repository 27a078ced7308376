import Foundation
import Synchronization
import TestSupport

/// What pages people: counts what Alertmanager sends it.
final class Pager: Sendable {
  struct Page: Equatable {
    let labels: [String: String]
    let summary: String
    let isFiring: Bool
  }

  private let server: RawServer
  private let received = Received()

  init() throws {
    server = try RawServer { [received] connection in
      while let head = connection.readHead() {
        received.add(connection.readBody(after: head))
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
      }
    }
  }

  private final class Received: Sendable {
    let pages = Mutex<[Page]>([])

    func add(_ body: String) {
      guard let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)),
        let message = object as? [String: Any], let alerts = message["alerts"] as? [[String: Any]]
      else { return }
      let new = alerts.map { alert in
        Page(
          labels: alert["labels"] as? [String: String] ?? [:],
          summary: (alert["annotations"] as? [String: String])?["summary"] ?? "",
          isFiring: alert["status"] as? String == "firing"
        )
      }
      pages.withLock { $0 += new }
    }
  }

  var port: Int { server.port }
  var pages: [Page] { received.pages.withLock { $0 } }
  var firing: [Page] { pages.filter(\.isFiring) }
  var resolved: [Page] { pages.filter { !$0.isFiring } }

  func stop() { server.stop() }
}
