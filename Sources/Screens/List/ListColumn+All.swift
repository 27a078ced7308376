import Canvas
import Health
import Monitor

extension ListColumn {
  /// In the order of the sort menu.
  package static let all: [ListColumn] = [
    status, number, name, provider, account, cause, quality, limit, templates, waba, latency, strip,
    since, polled,
  ]

  /// Shown before the other columns, as a sign and a word.
  package static let status = ListColumn(
    "status",
    letter: "s",
    head: "ST",
    order: .figure(RowKey.rank)
  )

  package static let number = ListColumn(
    "number",
    letter: "n",
    head: "NUMBER",
    .shared,
    order: .number,
    isSearched: true,
    .text { row, _ in Phrase(row.number, row.textRole) }
  )

  package static let name = ListColumn(
    "name",
    letter: "a",
    head: "NAME",
    .shared,
    order: .word { ($0.number.label ?? $0.name ?? "").lowercased() },
    isSearched: true,
    .text { row, _ in row.name }
  )

  package static let provider = ListColumn(
    "provider",
    letter: "p",
    head: "PROVIDER",
    shortHead: "PROV",
    .shared,
    order: .word(\.number.provider),
    isSearched: true,
    .text { row, width in
      Phrase(String(row.record.number.provider.sanitized.prefix(width)), row.textRole)
    }
  )

  package static let account = ListColumn(
    "account",
    letter: "o",
    head: "ACCOUNT",
    .whenSorted(10),
    order: .word(\.number.account),
    .text { row, _ in Phrase(row.record.number.account.sanitized, row.textRole) }
  )

  package static let cause = ListColumn(
    "cause",
    letter: "c",
    head: "CAUSE",
    .shared,
    order: .cause,
    isSearched: true,
    .text { row, width in Phrase(row.cause(width: width), row.textRole) }
  )

  package static let quality = ListColumn(
    "quality",
    letter: "u",
    head: "QUALITY",
    .wide(7),
    order: .figure { $0.report?.facts.quality?.value.rank.map(Int64.init) },
    .text { row, _ in row.quality }
  )

  package static let limit = ListColumn(
    "limit",
    letter: "l",
    head: "LIMIT",
    .wide(5),
    order: .figure { $0.report?.facts.messagingLimit?.value.rank.map(Int64.init) },
    .text { row, _ in Phrase(row.limit, row.textRole) }
  )

  /// The number of templates, or of those that can't be sent.
  static let templates = ListColumn(
    "templates",
    head: "TMPLS",
    .wide(5),
    .text { row, _ in row.templates }
  )

  static let waba = ListColumn(
    "waba",
    head: "WABA",
    .wide(11, most: 20),
    isSearched: true,
    .text { row, _ in Phrase(row.waba, row.textRole) }
  )

  package static let latency = ListColumn(
    "latency",
    letter: "y",
    head: "LATENCY",
    .wide(7),
    order: .measured { $0.latest?.latency.map(\.milliseconds) },
    isTrailing: true,
    .text { row, _ in Phrase(row.latency, row.textRole) }
  )

  static let strip = ListColumn(
    "strip",
    head: "LAST 24H",
    shortHead: "24H",
    .shared,
    .strip
  )

  /// Ages grow downwards, moments upwards.
  package static let since = ListColumn(
    "since",
    letter: "i",
    head: "SINCE",
    .shared,
    order: .figure { -$0.stateSince.uptime.milliseconds },
    isTrailing: true,
    .text { row, _ in Phrase(row.context.since(row.record), row.textRole) }
  )

  /// Age of the latest reading.
  package static let polled = ListColumn(
    "polled",
    letter: "d",
    head: "POLLED",
    .whenSorted(7),
    order: .measured { ($0.latest?.moment.uptime.milliseconds).map { -$0 } },
    isTrailing: true,
    .text { row, _ in Phrase(row.polled, row.textRole) }
  )
}
