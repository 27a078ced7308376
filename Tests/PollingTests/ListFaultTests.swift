import Health
import Polling
import Providers
import TestSupport
import Testing

/// Lists of numbers that are not whole, at every provider that has one.
struct ListFaultTests {
  /// What is wrong with a list.
  enum Fault: CaseIterable, Sendable {
    /// Every page brings what the first one brought, and there is always another.
    case repeating
    /// Every page brings others, and there is always another.
    case endless
    /// There is more, and the next page holds nothing.
    case emptyPage
    /// The last page is an earlier one.
    case duplicate
    /// Pages become shorter while they are read: fewer come than the provider counts.
    case shrinking
    /// One page, and a count of more.
    case fewerThanCounted
    /// The second page fails, or is refused.
    case failing
    case refused
    /// An entry doesn't say which number it is.
    case nameless
  }

  struct Page {
    var ids: [String?]
    var hasMore: Bool
    var total: Int?
    var status = 200
  }

  private static func page(_ index: Int, of fault: Fault) -> Page {
    let first = Page(ids: ["1", "2"], hasMore: index < 2)
    return switch fault {
    case .repeating: Page(ids: ["1", "2"], hasMore: true)
    case .endless: Page(ids: ["\(2 * index - 1)", "\(2 * index)"], hasMore: true)
    case .emptyPage: index == 1 ? first : Page(ids: [], hasMore: true)
    case .duplicate: index == 1 ? first : Page(ids: ["1", "2"], hasMore: false)
    case .shrinking:
      Page(ids: index == 1 ? ["1", "2"] : index == 2 ? ["3"] : [], hasMore: index < 2, total: 4)
    case .fewerThanCounted: Page(ids: index == 1 ? ["1", "2"] : [], hasMore: false, total: 5)
    case .failing: index == 1 ? first : Page(ids: [], hasMore: false, status: 503)
    case .refused: index == 1 ? first : Page(ids: [], hasMore: false, status: 403)
    case .nameless: Page(ids: index == 1 ? ["1", "2", nil] : [], hasMore: false)
    }
  }

  enum Lister: String, CaseIterable, Sendable {
    case kapso
    case partner = "360dialog"
    case waba
    case business

    var provider: String { self == .waba || self == .business ? "meta" : rawValue }

    /// More than an account can have numbers, in the provider's own pages.
    var mostPages: Int { provider == "meta" ? 100 : 1_000 }
  }

  /// A sweep asks once, and ends in time with the reason; the numbers that came are there.
  @Test(arguments: Lister.allCases, Fault.allCases)
  func `a list that is not whole is said by its account`(lister: Lister, fault: Fault) throws {
    let scene = PollingScene()
    let transport = ScriptedTransport { request, _ in
      Self.answer(request.url, of: lister, fault) ?? Self.other(request.url)
    }
    let account = try #require(Self.account(lister, transport))
    let end = scene.run(scene.sweep(of: [account], timeout: .seconds(30)))
    #expect(try #require(end).uptime <= .seconds(30))
    let said = try #require(scene.observer.readings(of: nil).last)
    #expect(said.outcome == .answeredPartly)
    let message = try #require(said.message)
    #expect(message.hasPrefix("List incomplete: ") && message.hasSuffix(" read)."), "\(message)")
    #expect(said.report.map { Assessment(of: $0).severity } == .unknown)
    let known = scene.observer.numbers.compactMap(\.self)
    #expect(known.count >= 2, "\(fault)")
    let pages = transport.urls.count { Self.index($0, of: lister) != nil }
    #expect(pages <= lister.mostPages + 1)
  }

  /// Links that lead nowhere are Graph's alone.
  @Test(
    arguments: [Lister.waba, .business],
    [
      #"{"next": "https://graph.facebook.com/v24.0/9"}"#,
      #"{"next": "https://elsewhere.example.com/v24.0/9?after=X"}"#,
      #"{"next": "https://graph.facebook.com/v24.0/9?after=same"}"#,
      #"{"next": "x", "cursors": {"after": "same"}}"#, #"{"next": "x", "cursors": {}}"#,
    ]
  )
  func `a next page that can't be asked for is said`(lister: Lister, paging: String) throws {
    let scene = PollingScene()
    let transport = ScriptedTransport { request, _ in
      guard let index = Self.index(request.url, of: lister) else {
        return Self.other(request.url)
      }
      let rows = Self.rows([index == 1 ? "1" : "2"], of: lister)
      return .init("", text: #"{"data": [\#(rows)], "paging": \#(paging)}"#)
    }
    let account = try #require(Self.account(lister, transport))
    _ = scene.run(scene.sweep(of: [account], timeout: .seconds(30)))
    let said = try #require(scene.observer.readings(of: nil).last)
    #expect(said.outcome == .answeredPartly)
    #expect(said.message?.hasPrefix("List incomplete: ") == true)
  }
}

// How each of them writes a page.
extension ListFaultTests {
  private static func answer(
    _ url: String,
    of lister: Lister,
    _ fault: Fault
  ) -> FixtureTransport.Route? {
    guard let index = index(url, of: lister) else { return nil }
    let page = page(index, of: fault)
    guard page.status == 200 else {
      let words = page.status == 403 ? #"{"error":{"code":200,"message":"No"}}"# : "<html>"
      return .init("", status: page.status, text: words)
    }
    let rows = rows(page.ids, of: lister)
    switch lister {
    case .kapso:
      let pages = page.hasMore ? index + 1 : index
      let count = page.total.map { #", "total_count": \#($0)"# } ?? ""
      return .init("", text: #"{"data": [\#(rows)], "meta": {"total_pages": \#(pages)\#(count)}}"#)
    case .partner:
      // A total is all that says whether there is more.
      let total = page.total ?? (page.hasMore ? 1_000_000 : page.ids.count + offset(url))
      return .init("", text: #"{"total": \#(total), "partner_channels": [\#(rows)]}"#)
    case .waba, .business:
      let cursor = #"{"cursors": {"after": "\#(index + 1)"}, "next": "https://x"}"#
      let paging = page.hasMore ? #", "paging": \#(cursor)"# : ""
      let summary = page.total.map { #", "summary": {"total_count": \#($0)}"# } ?? ""
      return .init("", text: #"{"data": [\#(rows)]\#(paging)\#(summary)}"#)
    }
  }

  /// Of a business's WABAs each has one number; nothing else is of interest.
  private static func other(_ url: String) -> FixtureTransport.Route {
    if let waba = url.firstMatch(of: /\/(\d+)\/phone_numbers/)?.1 {
      return .init("", text: #"{"data": [{"id": "\#(waba)", "status": "CONNECTED"}]}"#)
    }
    if url.contains("client_whatsapp") { return .init("", text: #"{"data": []}"#) }
    return .init("", status: 404, text: "{}")
  }

  private static func rows(_ ids: [String?], of lister: Lister) -> String {
    ids.map { id in
      guard let id else { return #"{"name": "nobody"}"# }
      switch lister {
      case .kapso: return #"{"phone_number_id": "\#(id)"}"#
      case .partner: return #"{"id": "\#(id)", "setup_info": {"phone_number": "\#(id)"}}"#
      case .waba: return #"{"id": "\#(id)", "status": "CONNECTED"}"#
      case .business: return #"{"id": "\#(id)"}"#
      }
    }
    .joined(separator: ", ")
  }

  /// Which page is asked for, from one; nil for any other request.
  private static func index(_ url: String, of lister: Lister) -> Int? {
    switch lister {
    case .kapso: url.firstMatch(of: /[?&]page=(\d+)/).flatMap { Int($0.1) }
    case .partner: url.contains("/partners/") ? offset(url) / 2 + 1 : nil
    case .waba: url.contains("/9/phone_numbers") ? cursor(url) : nil
    case .business: url.contains("/8/owned_whatsapp") ? cursor(url) : nil
    }
  }

  private static func offset(_ url: String) -> Int {
    url.firstMatch(of: /offset=(\d+)/).flatMap { Int($0.1) } ?? 0
  }

  private static func cursor(_ url: String) -> Int {
    url.firstMatch(of: /after=(\d+)/).flatMap { Int($0.1) } ?? (url.contains("after=") ? 2 : 1)
  }

  private static func account(
    _ lister: Lister,
    _ transport: any HTTPTransport
  ) -> (any HealthProvider)? {
    let key = SettingValue.secret(Secret("demo-key-0000000"))
    let values: [String: SettingValue] =
      switch lister {
      case .kapso: ["api_key": key, "numbers": .allNumbers]
      case .partner: ["partner": .partner(id: "P", apiKey: Secret("demo-key-0000000"))]
      case .waba: ["access_token": key, "wabas": .list(["9"])]
      case .business: ["access_token": key, "businesses": .list(["8"])]
      }
    let settings = AccountSettings(
      name: "acme",
      baseURL: "https://api.example.com",
      requestsPerMinute: .unlimited,
      watchesTemplates: false,
      values: values
    )
    return ProviderCatalog.provider(named: lister.provider)?.make(settings, transport)
  }
}
