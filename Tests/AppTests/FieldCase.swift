import Foundation
import Health
import Monitor
import Providers
import Screens
import Synchronization
import TestSupport

@testable import App
@testable import Reports

/// An input from the field with what is right about it: a file in `Cases`.
struct FieldCase: Decodable, Sendable {
  struct Answer: Decodable, Sendable {
    var status: Int
    var body: String
  }

  struct Number: Decodable, Sendable {
    let node: String
    var responses: [Answer]
  }

  struct Route: Decodable, Sendable {
    let path: String
    var response: Answer

    enum CodingKeys: String, CodingKey {
      case path = "path_re"
      case response
    }
  }

  struct Account: Decodable, Sendable {
    struct Settings: Decodable, Sendable {
      var wabas: [String]?
    }

    var provider: String
    let config: Settings
    var numbers: [Number]
    var routes: [Route]?
  }

  let id: String
  let what: String
  let right: String
  var accounts: [Account]

  static func named(_ name: String) throws -> FieldCase {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/\(name).json")
    return try JSONDecoder().decode(FieldCase.self, from: Data(contentsOf: file))
  }

  /// The same with other words in every answer.
  func replacing(_ word: String, with other: String) -> FieldCase {
    var changed = self
    for account in changed.accounts.indices {
      for number in changed.accounts[account].numbers.indices {
        for answer in changed.accounts[account].numbers[number].responses.indices {
          changed.accounts[account].numbers[number].responses[answer].body
            .replace(word, with: other)
        }
      }
      for route in (changed.accounts[account].routes ?? []).indices {
        changed.accounts[account].routes?[route].response.body.replace(word, with: other)
      }
    }
    return changed
  }

  /// The same answers from another provider.
  func from(_ provider: String) -> FieldCase {
    var changed = self
    for account in changed.accounts.indices { changed.accounts[account].provider = provider }
    return changed
  }
}

// Playing one.
extension FieldCase {
  static let moment = Moment.sample

  /// What asking everything once brings.
  func update(at moment: Moment = FieldCase.moment) async -> FleetUpdate {
    var update = FleetUpdate()
    for account in accounts {
      let provider = account.made
      update.accounts.append(
        AccountCondition(account: provider.account, effectiveRefresh: .seconds(60))
      )
      var targets = await provider.discover(through: OpenGate()).targets
      while !targets.isEmpty {
        let answer = await provider.read(targets.removeFirst(), through: OpenGate())
        targets += answer.revealed.filter { !$0.isOfTemplates }
        update.entities += answer.entities
        update.readings += answer.readings.map { $0.reading(at: moment) }
      }
    }
    return update
  }

  func fleet() async -> Fleet {
    var fleet = Fleet()
    _ = fleet.receive(await update(), at: Self.moment)
    return fleet
  }

  func check() async -> CheckReport { CheckReport(of: await fleet(), at: Self.moment) }
}

extension NumberAnswer {
  fileprivate func reading(at moment: Moment) -> Reading {
    Reading(
      number: number,
      moment: moment,
      result: result,
      httpStatus: httpStatus,
      latency: latency
    )
  }
}

extension FieldCase.Account {
  fileprivate var made: any HealthProvider {
    let description = ProviderCatalog.provider(named: provider)
    var values: [String: SettingValue] = [
      "api_key": .secret(Secret("demo-key-0001")),
      "access_token": .secret(Secret("demo-token-0001")),
      "header": .header(name: "Authorization", value: Secret("Bearer demo-key-0001")),
      "sid": .text("HXAP"), "pod": .text("IN"), "api_version": .text("v2"),
      "numbers": .numbers(numbers.map { ConfiguredNumber(id: $0.node, label: nil) }),
      "channels": .channels(
        numbers.map { ConfiguredChannel(label: $0.node, apiKey: Secret("demo-key-0001")) }
      ),
    ]
    if let wabas = config.wabas { values["wabas"] = .list(wabas) }
    let keys = Set(description?.keys.map(\.name) ?? [])
    let settings = AccountSettings(
      name: provider,
      baseURL: "http://127.0.0.1:8080",
      watchesTemplates: false,
      values: values.filter { keys.contains($0.key) }
    )
    // A case that names no provider of ours is a mistake in the cases, and nothing can be tested.
    guard let description else { preconditionFailure("no provider \(provider)") }
    return description.make(settings, PlayedTransport(self))
  }
}

/// Answers a case's requests: its routes by their path, its numbers in the order of their answers.
private final class PlayedTransport: HTTPTransport {
  private let account: FieldCase.Account
  private let asked = Mutex<[String: Int]>([:])

  init(_ account: FieldCase.Account) { self.account = account }

  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPAnswer {
    let path = request.url.split(separator: "?").first.map(String.init) ?? request.url
    for route in account.routes ?? [] {
      guard let form = try? Regex(route.path), path.firstMatch(of: form) != nil else { continue }
      return HTTPAnswer(route.response)
    }
    // A channel's key is its number: there is no id in the path.
    let number = account.numbers.first { path.contains($0.node) }
    let isByKey = account.provider == "360dialog"
    guard let number = number ?? (isByKey ? account.numbers.first : nil) else {
      return HTTPAnswer(
        status: 400,
        body: Array(#"{"error": {"code": 100, "error_subcode": 33, "message": "gone"}}"#.utf8)
      )
    }
    let turn = asked.withLock { asked in
      defer { asked[number.node, default: 0] += 1 }
      return asked[number.node, default: 0]
    }
    return HTTPAnswer(number.responses[min(turn, number.responses.count - 1)])
  }
}

extension HTTPAnswer {
  fileprivate init(_ answer: FieldCase.Answer) {
    self.init(status: answer.status, body: Array(answer.body.utf8))
  }
}
