import Configuration
import Foundation
import History
import TestSupport
import Testing

@testable import App

/// Who polls, in words, and what processes know each other by.
struct SharingWordsTests {
  private static func lease(_ account: String, by holder: String) -> Lease {
    Lease(
      account: account,
      holder: holder,
      term: 1,
      settings: "",
      renewed: .distantPast,
      until: .distantFuture
    )
  }

  private static let held = AccountLeases.Standing.held(lease("acme", by: "4712 1 here"))

  private static func followed(by number: Int = 4711) -> AccountLeases.Standing {
    .followed(lease("acme", by: "\(number) 1 here"))
  }

  private static let apart = AccountLeases.Standing.apart(lease("acme", by: "4711 1 here"))

  @Test(
    arguments: [
      (["acme": held], nil),
      (["acme": followed(), "shops": followed()], "follows pid 4711"),
      (["acme": followed(), "shops": followed(by: 4712)], "follows others"),
      (["acme": followed(), "shops": held], "follows 1 of 2"),
      (["acme": apart, "shops": held], "1 polled twice"),
      (["acme": .followed(lease("acme", by: "?"))], "follows another process"),
    ] as [([String: AccountLeases.Standing], String?)]
  )
  func `the header says it in a few words`(
    standings: [String: AccountLeases.Standing],
    phrase: String?
  ) {
    #expect(PollingShare(standings, of: standings.count).phrase == phrase)
  }

  @Test func `a change is said once, in a sentence`() {
    let alone = PollingShare(["acme": Self.held, "shops": Self.held], of: 2)
    let all = PollingShare(["acme": Self.followed(), "shops": Self.followed()], of: 2)
    let one = PollingShare(["acme": Self.followed(), "shops": Self.held], of: 2)
    let apart = PollingShare(["acme": Self.apart, "shops": Self.held], of: 2)
    #expect(
      all.sentences(since: PollingShare()) == [
        "Process 4711 polls everything, and this one follows it."
      ]
    )
    #expect(all.sentences(since: all) == [])
    #expect(
      PollingShare.alone.sentences(since: all) == [
        "Processes can't agree on who polls, since nothing can be written: this one polls by itself."
      ]
    )
    #expect(PollingShare.alone.sentences(since: .alone) == [])
    #expect(PollingShare.alone.takeOver(since: all, own: 1) == nil)
    #expect(all.takeOver(since: .alone, own: 1) == nil)
    #expect(
      one.sentences(since: alone) == ["Process 4711 polls acme, and this one follows it."]
    )
    #expect(alone.sentences(since: all) == ["This process polls everything from now on."])
    #expect(
      apart.sentences(since: alone) == [
        "acme: polled here as well, since process 4711 has other settings."
      ]
    )
  }

  @Test func `that another process polls than before is an event of who does`() throws {
    let followed = PollingShare(["acme": Self.followed(), "shops": Self.followed()], of: 2)
    let ours = PollingShare(["acme": Self.held, "shops": Self.held], of: 2)
    let theirs = PollingShare(
      ["acme": Self.followed(by: 4712), "shops": Self.followed(by: 4712)],
      of: 2
    )
    let half = PollingShare(["acme": Self.held, "shops": Self.followed()], of: 2)
    let own = try #require(ours.takeOver(since: followed, own: 4713))
    #expect(own.text == "pid 4713 polls, after pid 4711" && own.isOurs)
    let other = try #require(theirs.takeOver(since: followed, own: 4713))
    #expect(other.text == "pid 4712 polls, after pid 4711" && !other.isOurs)
    let part = try #require(half.takeOver(since: followed, own: 4713))
    #expect(part.text == "pid 4713 polls acme, after pid 4711" && part.isOurs)
    // The first look is no change.
    #expect(followed.takeOver(since: PollingShare(), own: 4713) == nil)
    #expect(followed.takeOver(since: followed, own: 4713) == nil)
    #expect(followed.takeOver(since: ours, own: 4713) == nil)
  }

  @Test func `a process is known by more than its number`() throws {
    let me = ProcessIdentity.current
    #expect(ProcessIdentity(me.text) == me && me.number == getpid())
    #expect(ProcessIdentity.judge(me.text) == .running)
    let parts = me.text.split(separator: " ").map(String.init)
    // Its number was given to another process; or it is of another machine.
    #expect(ProcessIdentity.judge("\(parts[0]) 1 \(parts[2])") == .gone)
    #expect(ProcessIdentity.judge("\(parts[0]) \(parts[1]) elsewhere") == .unknown)
    #expect(ProcessIdentity.judge("what") == .unknown)
    let child = Process()
    child.executableURL = URL(filePath: "/bin/sh")
    child.arguments = ["-c", "exit 0"]
    try child.run()
    child.waitUntilExit()
    #expect(ProcessIdentity.judge("\(child.processIdentifier) 1 \(parts[2])") == .gone)
    #expect(!me.text.contains(ProcessIdentity.boot ?? "-"))
  }

  private static func account(_ lines: String) throws -> ConfiguredAccount {
    let configuration = try ConfigurationFile.parse(
      "accounts:\n  - name: acme\n    provider: kapso\n" + lines,
      file: "config.yaml",
      environment: ProcessEnvironment(variables: [:], homeDirectory: "/nowhere")
    )
    return configuration.accounts[0]
  }

  @Test(
    arguments: [
      ("    api_key: secret-1\n    numbers: [\"1\", \"2\"]\n    concurrency: 2\n", true),
      ("    api_key: secret-1\n    numbers: [{ id: \"1\", label: One }, \"2\"]\n", true),
      ("    api_key: secret-2\n    numbers: [\"1\", \"2\"]\n", false),
      ("    api_key: secret-1\n    numbers: [\"1\"]\n", false),
      ("    api_key: secret-1\n    numbers: all\n", false),
      ("    api_key: secret-1\n    numbers: [\"1\", \"2\"]\n    refresh: 90s\n", false),
      (
        "    api_key: secret-1\n    numbers: [\"1\", \"2\"]\n    base_url: https://x.example\n",
        false
      ),
      ("    api_key: secret-1\n    numbers: [\"1\", \"2\"]\n    templates: false\n", false),
    ]
  )
  func `settings are the same where the same would be asked`(other: String, isSame: Bool) throws {
    let base = "    api_key: secret-1\n    numbers: [\"1\", \"2\"]\n"
    let fingerprint = SettingsFingerprint.text(of: try Self.account(base))
    #expect(fingerprint.count == 32 && !fingerprint.contains("secret"))
    #expect((SettingsFingerprint.text(of: try Self.account(other)) == fingerprint) == isSame)
  }
}
