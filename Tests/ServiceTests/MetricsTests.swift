import Configuration
import Foundation
import Health
import Monitor
import TestSupport
import Testing

@testable import Service

/// What Prometheus reads.
struct MetricsTests {
  static func snapshot(of update: FleetUpdate) -> MonitorSnapshot {
    var state = MonitorState(startedAt: .sample)
    _ = state.receive(update, at: .sample)
    return state.takeSnapshot()
  }

  static func text(
    of update: FleetUpdate,
    per detail: MetricsDetail = .number,
    masksNumbers: Bool = false,
    as format: MetricsFormat = .text
  ) -> String {
    let polls = PollCounts(before: FleetMonitor(time: ManualClock()))
    let metrics = Metrics(
      of: snapshot(of: update),
      polls: polls,
      detail: detail,
      masksNumbers: masksNumbers,
      version: "0.0.0"
    )
    return string(of: metrics.text(as: format))
  }

  private static func string(of bytes: ResponseBytes) -> String {
    bytes.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// The lines of a family without its head.
  private static func samples(_ name: String, in text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("\(name){") || $0.hasPrefix("\(name) ") }
  }

  @Test func `a number has one state, in both formats with the same labels`() {
    for format in [MetricsFormat.text, .openMetrics] {
      let text = Self.text(of: .sample(numbers: 1), as: format)
      let labels =
        #"account="direct",provider="meta",number="+12005550100",waba="20000000""#
      let states = Self.samples("wabatop_number_state", in: text)
      #expect(states.count == HealthState.allCases.count)
      #expect(
        states.contains("wabatop_number_state{\(labels),wabatop_number_state=\"available\"} 1")
      )
      #expect(states.filter { $0.hasSuffix(" 1") }.count == 1)
      #expect(
        Self.samples("wabatop_number_severity", in: text) == [
          "wabatop_number_severity{\(labels)} 0"
        ]
      )
      #expect(
        Self.samples("wabatop_number_last_answer_timestamp_seconds", in: text)
          == ["wabatop_number_last_answer_timestamp_seconds{\(labels)} 1795271527.000"]
      )
    }
  }

  @Test func `a family is in one piece, with one head before its samples`() {
    for format in [MetricsFormat.text, .openMetrics] {
      var seen: Set<Substring> = []
      var current: Substring = ""
      for line in Self.text(of: .sample(numbers: 200), as: format).split(separator: "\n") {
        if line.hasPrefix("# HELP ") {
          current = line.split(separator: " ")[2]
          #expect(seen.insert(current).inserted, "\(current)")
        } else if !line.hasPrefix("#") {
          #expect(line.hasPrefix(current), "\(line)")
        }
      }
    }
  }

  @Test func `no series is there twice`() {
    for isMasked in [false, true] {
      let text = Self.text(of: .sample(numbers: 3_000), masksNumbers: isMasked)
      let series = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        .map { $0[..<($0.lastIndex(of: " ") ?? $0.endIndex)] }
      #expect(Set(series).count == series.count)
    }
  }

  @Test func `OpenMetrics ends with its mark, and counters have no suffix in their head`() {
    let text = Self.text(of: .sample(numbers: 1), as: .openMetrics)
    #expect(text.hasSuffix("\n# EOF\n"))
    #expect(text.contains("# TYPE wabatop_polls counter\n"))
    #expect(text.contains("# TYPE wabatop_number_state stateset\n"))
    #expect(text.contains("# TYPE wabatop_build info\n"))
    #expect(text.contains("# UNIT wabatop_poll_duration_seconds seconds\n"))
    #expect(!text.contains("\r"))
    let plain = Self.text(of: .sample(numbers: 1))
    #expect(!plain.contains("# EOF") && !plain.contains("# UNIT"))
    #expect(plain.contains("# TYPE wabatop_polls_total counter\n"))
    #expect(plain.contains("# TYPE wabatop_build_info gauge\n"))
  }

  @Test(arguments: MetricsDetail.allCases)
  func `detail bounds how many series there are`(detail: MetricsDetail) {
    let text = Self.text(of: .sample(numbers: 2_000), per: detail)
    let count = text.split(separator: "\n").count
    #expect(text.contains("wabatop_number_state{") == (detail >= .number))
    #expect(text.contains("wabatop_waba_numbers{") == (detail >= .waba))
    #expect(text.contains("+1200555") == (detail >= .number))
    #expect(text.contains("# TYPE wabatop_template_state") == (detail == .template))
    switch detail {
    case .account: #expect(count < 100)
    case .waba: #expect(count < 500)
    case .number, .template: #expect(count > 20_000)
    }
  }

  @Test func `names of strangers stay in their quotes`() {
    let names = [
      "\"} 1\nwabatop_fake 1\n", "back\\slash\\", "\u{202E}reversed\u{2066}", "</script>",
      "\u{0}\u{7F}\u{85}",
      "🍕 Pizza\r\n",
    ]
    let readings = names.enumerated().map { index, name in
      Reading.sample(
        .sample("10000\(index)", label: name),
        .success(.sample("10000\(index)", name: name)),
        at: .sample
      )
    }
    let update = FleetUpdate(readings: readings, accounts: [.sample(Account.samples[0])])
    let text = Self.text(of: update, as: .openMetrics)
    let known = try? NSRegularExpression(
      pattern:
        #"^(# .*|wabatop_[a-z_]+(\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)*\})? [-+.0-9a-zA-Z]+)$"#
    )
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let range = NSRange(line.startIndex..., in: line)
      #expect(known?.firstMatch(in: String(line), range: range) != nil, "\(line)")
    }
    #expect(text.contains(#"name="\"} 1\nwabatop_fake 1\n""#))
    #expect(text.contains(#"name="back\\slash\\""#))
    #expect(
      !text.unicodeScalars.contains { [0x202E, 0x2066, 0, 0x7F, 0x85, 0x0D].contains($0.value) }
    )
  }

  @Test func `masked metrics have no phone number`() {
    let text = Self.text(of: .sample(numbers: 300), masksNumbers: true)
    #expect(!text.contains("+12005550100"))
    #expect(text.contains("+1*"))
  }

  @Test func `a cause has its numbers, and nothing else changes its labels`() {
    let causes = Self.samples("wabatop_cause_numbers", in: Self.text(of: .sample(numbers: 5_000)))
    let unpaid =
      #"wabatop_cause_numbers{cause_type="WABA",cause_id="20000099",code="141006",who_acts="you","#
      + #"severity="critical"} 50"#
    #expect(causes.contains(unpaid))
  }

  @Test func `a template has its status for those who ask for templates`() {
    var update = FleetUpdate.sample(numbers: 1)
    let templates = [("order", "PAUSED"), ("order", "APPROVED"), ("gre\"et", "APPROVED")]
    let list = templates.enumerated().map { place, template in
      MessageTemplate(
        id: "\(place)",
        name: template.0,
        language: place == 1 ? "de" : "en",
        status: AsSent(template.1)
      )
    }
    update.templates = [TemplateList(waba: "20000000", templates: .success(list))]
    let text = Self.text(of: update, per: .template)
    func state(_ name: String, _ language: String, _ state: String) -> String {
      let labels = #"waba="20000000",template="\#(name)",language="\#(language)",state="\#(state)""#
      return "wabatop_template_state{\(labels)} 1"
    }
    #expect(
      Self.samples("wabatop_template_state", in: text) == [
        state(#"gre\"et"#, "en", "approved"), state("order", "de", "approved"),
        state("order", "en", "paused"),
      ]
    )
    #expect(!Self.text(of: update, per: .number).contains("wabatop_template_state"))
  }

  @Test func `an account that does not answer is down, and what is known stays`() {
    var update = FleetUpdate.sample(numbers: 100)
    update.accounts[0].failure = ProviderError(.credentialRejected, "The key was rejected.")
    update.accounts[1].lastSuccess = .sample
    let text = Self.text(of: update)
    #expect(text.contains(#"wabatop_account_up{account="direct",provider="meta"} 0"#))
    #expect(text.contains(#"wabatop_account_up{account="acme",provider="kapso"} 1"#))
    #expect(!text.contains(#"wabatop_account_up{account="india""#))
    #expect(text.contains(#"wabatop_number_info{account="direct""#))
  }

  @Test(
    arguments: [
      (nil, MetricsFormat.text), ("", .text), ("*/*", .text), ("text/plain", .text),
      ("application/openmetrics-text", .openMetrics),
      ("application/openmetrics-text;version=2.0.0", .text),
      ("application/openmetrics-text;version=1.0.0;q=0", .text),
      ("text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5", .text),
      (
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics
      ),
    ] as [(String?, MetricsFormat)]
  )
  func `a client gets the format that it likes most`(accepted: String?, format: MetricsFormat) {
    #expect(MetricsFormat(accepted: accepted) == format)
  }

  @Test func `polls are counted by what they brought and how long they took`() async {
    let counts = PollCounts(before: FleetMonitor(time: ManualClock()))
    let number = PhoneNumber.sample("1")
    let answered = Reading(
      number: number,
      moment: .sample,
      result: .success(.sample("1")),
      latency: .milliseconds(240)
    )
    let failed = Reading(
      number: number,
      moment: .sample,
      result: .failure(ProviderError(.timedOut, "No answer.")),
      latency: .seconds(40)
    )
    await counts.receive(FleetUpdate(readings: [answered, answered, failed]))
    let metrics = Metrics(
      of: Self.snapshot(of: FleetUpdate()),
      polls: counts,
      detail: .account,
      version: "0.0.0"
    )
    let text = Self.string(of: metrics.text(as: .text))
    #expect(text.contains(#"wabatop_polls_total{account="direct",outcome="answered"} 2"#))
    #expect(text.contains(#"wabatop_polls_total{account="direct",outcome="timed_out"} 1"#))
    let buckets = Self.samples("wabatop_poll_duration_seconds_bucket", in: text)
    #expect(
      buckets.map { $0.split(separator: " ").last } == [
        "0", "2", "2", "2", "2", "2", "2", "2", "3",
      ]
    )
    #expect(text.contains(#"wabatop_poll_duration_seconds_sum{account="direct"} 40.480"#))
    #expect(text.contains(#"wabatop_poll_duration_seconds_count{account="direct"} 3"#))
  }
}
