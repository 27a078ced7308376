/// Realistic display names, in many scripts and widths, none of a real company.
struct NameBook {
  private struct Page {
    let brands: [String]
    let desks: [String]
  }

  private static let latin = Page(
    brands: [
      "Nordwind", "Café Lumière", "Bluebell Books", "Halcyon Air", "Mañana Tours", "Kestrel Bank",
      "Pão & Prosa", "Tulip Telecom", "Øresund Møbler", "Żabka Rowery", "Fern & Fable",
      "Quill Insurance", "Marisol Hotels", "Copperline", "Juniper Health", "Ölmühle Süd",
    ],
    desks: [
      "Support", "Sales", "Orders", "Billing", "Returns", "Bookings", "Delivery", "Care", "Alerts",
      "Loyalty", "Onboarding", "Service Desk",
    ]
  )

  private static let others = [
    Page(brands: ["東京ことり書店", "さくら旅行", "みなと銀行"], desks: ["サポート", "予約", "配送", "ご注文"]),
    Page(brands: ["متجر الياسمين", "طيران الواحة"], desks: ["الدعم", "المبيعات", "الطلبات"]),
    Page(brands: ["ספרי הגליל", "מאפיית השדה"], desks: ["שירות", "הזמנות"]),
    Page(brands: ["कमल बाज़ार", "हिमालय यात्रा"], desks: ["सहायता", "बिक्री", "ऑर्डर"]),
    Page(
      brands: ["🍕 Pizza Orbit", "🌱 Grün & Gut", "👩‍🔧 FixIt"],
      desks: ["Support", "Orders", "❤️ Club"]
    ),
    Page(brands: ["Ромашка", "Λευκός Πύργος", "한강마켓", "山茶花银行"], desks: ["24/7", "VIP", "1"]),
  ]

  private static let groups = [
    "Nordwind Group", "Lumière SA", "Halcyon Holdings", "東京ことりグループ", "Kestrel plc",
    "الواحة القابضة",
    "Copperline Inc.", "Marisol SL", "Juniper Health AG", "כפר הגליל בע״מ", "कमल समूह",
    "Orbit 🍕 GmbH",
  ]

  private static let templates = [
    "order_update", "delivery_today", "otp_login", "appointment_reminder", "payment_due",
    "feedback_request", "welcome_offer", "refund_issued", "flight_delay", "cart_reminder",
  ]

  /// Three of four are Latin; repeated ones are numbered.
  static func name(of index: Int, drawing random: inout SeededGenerator) -> String {
    let draw = Int(random.next() % 1_000_000)
    let page = draw % 4 == 3 ? others[draw / 4 % others.count] : latin
    let brand = page.brands[draw / 64 % page.brands.count]
    let desk = page.desks[draw / 1024 % page.desks.count]
    return index < 120 ? "\(brand) \(desk)" : "\(brand) \(desk) \(index)"
  }

  static func group(_ index: Int) -> String {
    let name = groups[index % groups.count]
    return index < groups.count ? name : "\(name) \(index / groups.count + 1)"
  }

  static func template(_ index: Int) -> String {
    let name = templates[index % templates.count]
    return index < templates.count ? name : "\(name)_\(index / templates.count + 1)"
  }

  /// For 360dialog's channels, which are identified by the operator's label.
  static func city(_ index: Int) -> String {
    let cities = [
      "Berlin", "Paris", "Madrid", "Oslo", "Wien", "Porto", "Gdańsk", "Roma", "Lyon", "Cork",
    ]
    let name = cities[index % cities.count]
    return index < cities.count ? name : "\(name) \(index / cities.count + 1)"
  }
}
