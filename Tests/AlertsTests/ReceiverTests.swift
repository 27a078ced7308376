import Foundation
import Health
import History
import Providers
import TestSupport
import Testing
import Transport

@testable import Alerts

extension Alert {
  static let sample = Alert(
    id: "0123456789abcdef-1767225600000",
    fingerprint: "0123456789abcdef",
    name: "WabaNumberBlocked",
    severity: .critical,
    state: "BLOCKED",
    cause: Cause(key: "entity/WABA/102", type: "WABA", id: "102", code: "141006"),
    account: "acme",
    provider: nil,
    summary: "WABA 102 Acme \"UK\": payment failed, 22 numbers",
    text: "There is an error with the payment method.",
    remedy: nil,
    whoActs: "you",
    link: nil,
    count: 22,
    victims: [
      Victim(
        account: "acme",
        target: "1",
        number: "+447700900131",
        name: "Acme\u{1b}[2J",
        state: "BLOCKED"
      )
    ],
    isAcknowledged: false,
    start: Date(timeIntervalSince1970: 1_767_225_600.25)
  )
}

/// What receivers are sent, and what their answers come to.
@Suite struct ReceiverTests {
  private let now = Date(timeIntervalSince1970: 1_767_225_700)
  private let notice = Notice(id: "n1", channel: "hook", body: #"{"version":1}"#, date: Date())

  @Test func `a web page is no Alertmanager, whatever its status`() async {
    let transport = ScriptedTransport { _, _ in
      let type = HTTPHeader("Content-Type", "text/html; charset=utf-8")
      return .init("", headers: [type], text: "<html>Welcome</html>")
    }
    let receiver = AlertmanagerReceiver(HTTPTarget(url: "http://am1:9093"), over: transport)
    #expect(
      await receiver.receive(firing: [.sample], resolved: [], at: now)
        == .refused("answered with a web page, so it is something else")
    )
    let hook = WebhookReceiver(
      HTTPTarget(url: "https://hooks.example.com/1"),
      secret: nil,
      over: transport
    )
    #expect(await hook.receive(notice, at: now) == .accepted)
  }

  @Test func `Alertmanager gets labels that stay, and what changes as annotations`() async throws {
    let transport = ScriptedTransport { _, _ in .init("", text: "") }
    let receiver = AlertmanagerReceiver(
      HTTPTarget(
        url: "http://am1:9093/prefix/",
        headers: [HTTPHeader("Authorization", "Bearer demo-key-000")]
      ),
      over: transport
    )
    let over = Alert.sample.ended(at: Date(timeIntervalSince1970: 1_767_225_690))
    #expect(await receiver.receive(firing: [.sample], resolved: [over], at: now) == .accepted)
    let request = try #require(transport.requests.first)
    #expect(request.url == "http://am1:9093/prefix/api/v2/alerts")
    #expect(request.headers.contains(HTTPHeader("Authorization", "Bearer demo-key-000")))
    let common = """
      {"annotations":{"description":"There is an error with the payment method.","numbers":"22",\
      "state":"BLOCKED","summary":"WABA 102 Acme \\"UK\\": payment failed, 22 numbers",\
      "victims":"+447700900131 Acme\\u001b[2J: BLOCKED\\nand 21 more","who_acts":"you"},\
      "endsAt":"END","labels":{"account":"acme","alertname":"WabaNumberBlocked",\
      "cause_id":"102","cause_type":"WABA","code":"141006","fingerprint":"0123456789abcdef",\
      "severity":"critical"},"startsAt":"2026-01-01T00:00:00.250Z"}
      """
    let expected =
      "[" + common.replacing("END", with: "2026-01-01T00:01:30.000Z") + ","
      + common.replacing("END", with: "2026-01-01T00:05:40.000Z") + "]"
    #expect(String(decoding: request.body ?? [], as: UTF8.self) == expected)
  }

  @Test func `a webhook is signed over its moment and its body`() async throws {
    let transport = ScriptedTransport { _, _ in .init("", text: "") }
    let receiver = WebhookReceiver(
      HTTPTarget(url: "https://hook.example.com/x"),
      secret: Secret("demo-secret"),
      over: transport
    )
    #expect(await receiver.receive(notice, at: now) == .accepted)
    let headers = try #require(transport.requests.first?.headers)
    #expect(headers.contains(HTTPHeader("Idempotency-Key", "n1")))
    #expect(headers.contains(HTTPHeader("X-Wabatop-Timestamp", "1767225700")))
    // printf '1767225700.{"version":1}' | openssl dgst -sha256 -hmac demo-secret
    #expect(
      headers.contains(
        HTTPHeader(
          "X-Wabatop-Signature",
          "sha256=e1f6ea11f36c46b1aa5f21f90f340d1643fb7236c69e10c263efd55918cf440d"
        )
      )
    )
  }

  @Test(arguments: [
    (200, nil, Reception.accepted),
    (202, nil, .accepted),
    (302, nil, .refused("answered 302, a redirect, which is not followed")),
    (404, nil, .refused("answered 404")),
    (429, "30", .failed("answered 429", retryAfter: .seconds(30))),
    (503, "Thu, 01 Jan 2026 00:02:00 GMT", .failed("answered 503", retryAfter: .seconds(20))),
    (500, "soon", .failed("answered 500")),
  ])
  func `an answer counts by its status`(status: Int, retry: String?, expected: Reception) async {
    let headers = retry.map { [HTTPHeader("Retry-After", $0)] } ?? []
    let transport = ScriptedTransport { _, _ in
      .init("", status: status, headers: headers, text: "<html>demo-secret</html>")
    }
    let receiver = WebhookReceiver(
      HTTPTarget(url: "https://hook.example.com/x"),
      secret: nil,
      over: transport
    )
    #expect(await receiver.receive(notice, at: now) == expected)
  }

  @Test func `a failure is said without advice on accounts`() async {
    let transport = ScriptedTransport { _, _ in
      .init(
        "",
        .failure(ProviderError(.unreachable, "hook could not be resolved. Check base_url and DNS."))
      )
    }
    let receiver = WebhookReceiver(
      HTTPTarget(url: "https://hook"),
      secret: nil,
      over: transport
    )
    #expect(
      await receiver.receive(notice, at: now) == .failed("hook could not be resolved.")
    )
  }

  @Test func `the JSON of a notice has all keys, and strangers' texts escaped`() {
    let message = AlertMessage(
      id: "n1",
      event: .incidentStarted,
      receiver: "hook",
      date: Date(timeIntervalSince1970: 1_767_225_700),
      alert: .sample
    )
    #expect(
      message.text == """
        {"acknowledgement":null,"alert":{"account":"acme","acknowledged":false,"cause":{"code":"141006",\
        "id":"102","key":"entity/WABA/102","type":"WABA"},"count":22,"end":null,\
        "fingerprint":"0123456789abcdef","id":"0123456789abcdef-1767225600000","link":null,\
        "name":"WabaNumberBlocked","numbers":[{"account":"acme","name":"Acme\\u001b[2J",\
        "number":"+447700900131","state":"BLOCKED","target":"1"}],"provider":null,"remedy":null,\
        "severity":"critical","start":"2026-01-01T00:00:00.250Z","state":"BLOCKED",\
        "summary":"WABA 102 Acme \\"UK\\": payment failed, 22 numbers","template_count":0,"templates":[],\
        "text":"There is an error with the payment method.","who_acts":"you"},\
        "at":"2026-01-01T00:01:40.000Z","event":"incident_started","id":"n1","receiver":"hook","version":1}
        """
    )
  }

  @Test func `what was told is read again as it was`() {
    #expect(Alert(body: Alert.sample.body) == .sample)
    #expect(Alert(body: "{}") == nil)
  }
}
