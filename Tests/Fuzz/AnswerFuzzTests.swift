import Foundation
import Health
import Providers
import TestSupport
import Testing

/// Answers of every provider, mutated field by field from the recorded ones.
///
/// One answer an account, so that an account that one answer closes does not hide the rest.
struct AnswerFuzzTests {
  private static let recordings = [
    "healthy", "limited", "blocked", "unknown-value", "rate-limit", "refused-token",
  ]

  @Test(arguments: ProviderCatalog.all.map(\.name))
  func `no answer is a trap, shows a key, or is fine with a fault in it`(
    provider: String
  ) async throws {
    let prefix = ContractAccount.prefix(of: provider)
    let originals = try Self.recordings.map { try Fixture.bytes("\(prefix)-\($0).json") }
    try await Fuzz.run { generator, seed in
      let original = originals.randomElement(using: &generator) ?? []
      let body =
        Bool.random(using: &generator)
        ? original.mutated(using: &generator)
        : Self.withMutatedField(original, using: &generator)
      let status = [200, 200, 200, 400, 401, 429, 500].randomElement(using: &generator) ?? 200
      let account = ContractAccount(provider, FixtureTransport(status: status, body: body))
      let targets = await account.provider.discover(through: OpenGate()).targets
      for target in targets {
        let answer = await account.provider.read(target, through: OpenGate())
        try check(answer, seed, body)
      }
    }
  }

  private func check(_ answer: PollAnswer, _ seed: UInt64, _ body: [UInt8]) throws {
    let text = "seed \(seed): \(String(decoding: body, as: UTF8.self).prefix(2_000))"
    for reading in answer.readings {
      switch reading.result {
      case .success(let report):
        let assessment = Assessment(of: report)
        if assessment.severity == .ok {
          #expect(assessment.causes.isEmpty, "\(text)")
          #expect(
            assessment.verdict.word != .blocked && assessment.verdict.word != .limited,
            "\(text)"
          )
        }
        if assessment.verdict.word == .blocked {
          #expect(assessment.severity == .critical, "\(text)")
        }
      case .failure(let error):
        #expect(!error.message.contains(ContractAccount.key), "\(text)")
      }
    }
  }

  /// One field of a JSON text has another value, another name, or is gone.
  private static func withMutatedField(
    _ bytes: [UInt8],
    using generator: inout SeededGenerator
  ) -> [UInt8] {
    guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)) else { return bytes }
    var left = Int.random(in: 0..<60, using: &generator)
    let mutated = mutated(value, left: &left, using: &generator)
    let data = try? JSONSerialization.data(withJSONObject: mutated, options: [.fragmentsAllowed])
    return data.map(Array.init) ?? bytes
  }

  private static func mutated(
    _ value: Any,
    left: inout Int,
    using generator: inout SeededGenerator
  ) -> Any {
    left -= 1
    if left == 0 { return evil(using: &generator) }
    if let object = value as? [String: Any] {
      var result: [String: Any] = [:]
      for (name, member) in object.sorted(by: { $0.key < $1.key }) {
        left -= 1
        if left == 0 {
          if Bool.random(using: &generator) { result[name + "_"] = member }
          continue
        }
        result[name] = mutated(member, left: &left, using: &generator)
      }
      return result
    }
    if let list = value as? [Any] {
      return list.map { mutated($0, left: &left, using: &generator) }
    }
    return value
  }

  private static func evil(using generator: inout SeededGenerator) -> Any {
    let values: [Any] = [
      NSNull(), "", "1e300", "-9223372036854775809", "9.3e21", 9.3e21, -1, 0, 1e300, true, false,
      [Any](), [String: Any](), [[["a"]]], ["a": ["b": NSNull()]], "\u{1B}[2J", "\u{202E}abc",
      "BLOCKED", "AVAILABLE", "available", " LIMITED ", String(repeating: "x", count: 10_000),
      "2025-13-45T99:99:99Z", "99999999999999999999", ["BLOCKED"], Int.max, Int.min,
    ]
    return values.randomElement(using: &generator) ?? NSNull()
  }
}
