import Health
import TestSupport
import Testing

@testable import Providers

struct AppSecretProofTests {
  private static func text(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// RFC 4231, test cases 1 to 4, 6 and 7.
  @Test(arguments: [
    (
      Array(repeating: UInt8(0x0B), count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(1...25), Array(repeating: 0xCD, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      Array(repeating: 0xAA, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      Array(repeating: 0xAA, count: 131),
      Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8
      ),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ])
  func `a code is that of RFC 4231`(key: [UInt8], message: [UInt8], code: String) {
    #expect(Self.text(SHA256.authenticationCode(of: message, key: key)) == code)
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000),
      "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
    ),
  ])
  func `a digest is that of FIPS 180-4`(text: String, digest: String) {
    #expect(Self.text(SHA256.digest(of: Array(text.utf8))) == digest)
  }

  @Test func `every request of an account with an app secret is signed`() async throws {
    let transport = FixtureTransport([.init("", text: MetaGraphEdgeTests.page(0..<1))])
    let secret = "demo-app-secret-000"
    let account = MetaAccount(transport, appSecret: secret)
    _ = await account.read("number/1", numbers: ["1"])
    _ = await account.read("waba/1")
    _ = await account.read("waba-facts/1")
    _ = await account.read("token/own")
    let proof = AppSecretProof.text(token: MetaAccount.token, appSecret: secret)
    #expect(transport.urls.count >= 5 && proof.count == 64)
    #expect(transport.urls.allSatisfy { $0.hasSuffix("appsecret_proof=\(proof)") })
    #expect(transport.urls.allSatisfy { !$0.contains(secret) })
  }

  @Test func `secret and proof are hidden like the token`() async throws {
    let secret = "demo-app-secret-000"
    let proof = AppSecretProof.text(token: MetaAccount.token, appSecret: secret)
    let text = #"{"error":{"message":"bad \#(secret) and \#(proof)","code":1}}"#
    let account = MetaAccount(FixtureTransport([.init("", text: text)]), appSecret: secret)
    let reading = try #require(await account.read("number/1", numbers: ["1"]).readings.first)
    let raw = String(decoding: reading.raw ?? [], as: UTF8.self)
    for shown in [raw, reading.failure?.message ?? ""] {
      #expect(shown.contains("bad ••• and •••"))
    }
  }

  @Test func `a failure that names the address names no secret in it`() async throws {
    let proof = AppSecretProof.text(token: MetaAccount.token, appSecret: "demo-app-secret-000")
    let words = "The address https://x/?appsecret_proof=\(proof) is not one."
    let transport = FixtureTransport([.init("", .failure(ProviderError(.unreachable, words)))])
    let account = MetaAccount(transport, appSecret: "demo-app-secret-000")
    let answer = await account.read("token/own")
    #expect(answer.failure?.message == "The address https://x/?appsecret_proof=••• is not one.")
  }
}
