import Health
import History
import TestSupport
import Testing

/// Bytes that are not what was written: damaged ones, and those of another version.
@Suite struct PackedTests {
  private static let report = HealthReport.sample(
    own: .sample("PHONE_NUMBER", "1", errors: [.samplePayment]),
    checks: [ProviderCheck(name: "webhook", passed: true, details: [Fact("a", "b")])]
  )

  @Test func `damaged bytes are an error or another value, and never a crash`() {
    let whole = Packed.bytes(of: .success(Self.report))
    for count in whole.indices {
      #expect(throws: PackedError.self) {
        try Packed.result(from: whole.prefix(count), sharing: PackedPool())
      }
    }
    var random = SeededGenerator(seed: 1)
    for _ in 0..<5000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      _ = try? Packed.result(from: bytes, sharing: PackedPool())
      _ = try? Packed.entity(from: bytes)
      _ = try? Packed.templates(from: bytes)
      _ = try? Packed.condition(from: bytes, at: .sample)
    }
  }

  @Test func `numbers that share an entity still do`() throws {
    let pool = PackedPool()
    func read(_ id: String) throws -> HealthReport {
      let bytes = Packed.bytes(of: .success(.sample(id)))
      return try Packed.result(from: bytes, sharing: pool).get()
    }
    let (one, two) = (try read("1"), try read("2"))
    #expect(one == .sample("1") && two == .sample("2"))
    #expect(pool.count == 5)
  }

  @Test func `equal values are equal bytes`() {
    let bytes = Packed.bytes(of: .success(Self.report))
    #expect(bytes == Packed.bytes(of: .success(Self.report.said(at: .words("now")))))
    #expect(bytes != Packed.bytes(of: .success(.sample())))
  }
}
