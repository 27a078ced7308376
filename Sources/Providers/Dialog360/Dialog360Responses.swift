/// A row of `GET …/partners/{id}/channels`, as it comes over the wire.
struct Dialog360PartnerChannel {
  let id: String?
  let phoneNumber: String?
  let phoneName: String?
  let wabaID: String?
  let wabaStatus: String?
  let businessName: String?
  let status: String?
  let quality: String?
  let limit: String?
  let cancelledAt: String?
  /// The provider's text, if the row had `success: false`.
  let denial: String?
  /// Shown as sent, in this order.
  let shown: [(name: String, value: String)]

  init(_ json: JSON) {
    id = json["id"]?.nonBlankText
    let setup = json["setup_info"]
    phoneNumber = setup?["phone_number"]?.nonBlankText
    phoneName = setup?["phone_name"]?.nonBlankText
    let waba = json["waba_account"]
    wabaID = waba?["external_id"]?.nonBlankText
    wabaStatus = waba?["status"]?.nonBlankText
    businessName = waba?["on_behalf_of_business_info"]?["name"]?.nonBlankText
    status = json["status"]?.nonBlankText
    quality = json["current_quality_rating"]?.nonBlankText
    limit = json["current_limit"]?.nonBlankText
    cancelledAt = json["cancelled_at"]?.nonBlankText
    denial = json.deniesSuccess ? json.errorWords.map { ": \($0.quoted)" } ?? "" : nil
    shown = ["id", "hub_status", "availability_status", "account_mode", "is_on_biz_app"]
      .compactMap { name in json[name]?.nonBlankText.map { (name, $0) } }
  }
}

/// One page of a partner's channels.
struct Dialog360PartnerPage {
  let channels: [Dialog360PartnerChannel]
  let total: Int?

  /// Nil without a list.
  ///
  /// The list's key is not documented for channels, so the first list of objects is used; `sort`
  /// and `filters` repeat the request.
  init?(_ json: JSON) {
    total = json["total"]?.int
    let named = json[anyOf: ["partner_channels", "channels"]]
    let lists = json.members.filter { $0.name != "sort" && $0.name != "filters" }.map(\.value)
    guard let list = named ?? lists.first(where: \.isArray), list.isArray else { return nil }
    channels = list.list.filter(\.isObject).map(Dialog360PartnerChannel.init)
  }
}

/// 360dialog's error envelope: `{"meta": {"success": false, "http_code": …, "developer_message": …}}`.
///
/// The code inside can differ from the HTTP status, and 400 is used for limits, unpaid bills and
/// closed channels alike, so the text decides.
struct Dialog360Envelope: Sendable {
  let key: KeyHeader
  /// As named in sentences: `shops, channel Berlin`.
  let caller: String
}
