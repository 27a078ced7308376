import Health
import Monitor
import Reports
import Synchronization

/// Whether the process lives, and whether it knows anything yet: for whoever starts and restarts it.
package struct HealthPages: Sendable {
  private let live: LiveState
  private let readiness: Readiness

  package init(_ live: LiveState) {
    self.live = live
    readiness = Readiness()
  }

  package func routes(token: AccessToken?) -> [String: ServiceRoutes.Route] {
    [
      "/healthz": ServiceRoutes.Route(isOpen: true) { request in
        do throws(QueryError) {
          _ = try Query(request, knowing: [])
          return .now(.text("ok"))
        } catch {
          return .now(error.response)
        }
      },
      "/readyz": ServiceRoutes.Route(isOpen: true) { request in
        // Names of accounts are for those who may see everything.
        let isAllowed = token?.allows(request.headers[.authorization]) ?? true
        return .later { await ready(tellingAccounts: isAllowed) }
      },
    ]
  }

  /// Accounts that don't answer are no reason for a restart: they are in the body.
  private func ready(tellingAccounts: Bool) async -> HTTPResponse {
    let fleet = await live.fleet()
    let isReady = readiness.look(at: fleet)
    let now = live.time.now
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("ready", isReady)
      guard tellingAccounts else { return }
      writer.member("numbers", fleet.records.count)
      writer.list("accounts", of: fleet.accounts) { writer, condition in
        let standing = condition.standing(at: now)
        writer.object { writer in
          writer.member("name", condition.account.name)
          writer.member("provider", condition.account.provider)
          writer.member("standing", standing.phrase)
          writer.member("needs_attention", standing.needsAttention)
          writer.member("message", condition.failure?.message)
        }
      }
    }
    return HTTPResponse(
      status: isReady ? 200 : 503,
      type: HTTPResponse.jsonType,
      ResponseBytes(writer.finish())
    )
  }
}

/// Whether something was known of every account at some time: once is enough.
private final class Readiness: Sendable {
  private let isReady = Mutex(false)

  func look(at fleet: Fleet) -> Bool {
    isReady.withLock { isReady in
      isReady = isReady || Self.knowsAll(fleet)
      return isReady
    }
  }

  /// Each account answered or failed, or everything is known from before this run.
  private static func knowsAll(_ fleet: Fleet) -> Bool {
    let isAsked = fleet.accounts.allSatisfy { $0.lastSuccess != nil || $0.trouble != nil }
    if !fleet.accounts.isEmpty, isAsked { return true }
    return !fleet.records.isEmpty && fleet.records.allSatisfy { $0.latest != nil }
  }
}
