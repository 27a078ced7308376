extension Scenario {
  /// The sample answers of the three pages that the project starts from, served byte for byte, each
  /// by an account of the provider whose page it is; the health of a template also stands at Graph.
  package static func reference() -> Scenario {
    Scenario(
      name: "reference",
      accounts: [
        Account(
          name: "kapso",
          provider: .kapso,
          numbers: [number("123456789012345", "kapso-healthy.json")],
          listing: .numbers
        ),
        Account(
          name: "dialog360",
          provider: .dialog360,
          numbers: [
            channel("available", "dialog360-healthy.json"),
            channel("limited", "dialog360-limited.json"),
            channel("blocked template", "dialog360-template-blocked.json"),
            channel("payload", "dialog360-payload.json"),
          ]
        ),
        Account(
          name: "kaleyra-v2",
          provider: .kaleyra,
          numbers: [
            number("914XXXXXX139", "kaleyra-limited.json"),
            number("914XXXXXX140", "kaleyra-foreign-number.json", status: 401),
          ]
        ),
        Account(
          name: "kaleyra-v1",
          provider: .kaleyra,
          numbers: [number("9180XXXXXX79", "kaleyra-healthy.json")],
          version: "v1"
        ),
        Account(
          name: "kaleyra-refused",
          provider: .kaleyra,
          numbers: [number("914XXXXXX139", "kaleyra-refused-token.json", status: 401)]
        ),
        Account(
          name: "graph",
          provider: .graph,
          numbers: [
            number("106540352242922", "dialog360-healthy.json"),
            number("105154286024403", "dialog360-limited.json"),
            number("2632273056924580", "dialog360-template-blocked.json"),
          ]
        ),
      ]
    )
  }

  private static func number(_ id: String, _ file: String, status: Int = 200) -> Number {
    Number(id: id, answer: Recording(file: file, status: status))
  }

  private static func channel(_ label: String, _ file: String) -> Number {
    Number(label: label, answer: Recording(file: file))
  }
}
