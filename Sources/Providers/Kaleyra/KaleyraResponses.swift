/// Kaleyra's envelope: `{"code", "message", "data", "error"}`, where `data` is a list or an object and
/// `error` an object of arbitrary keys, or an empty list.
///
/// The details of a number come without it.
struct KaleyraEnvelope {
  let code: String
  /// The message and the texts in `error`.
  let words: [String]

  /// Nil for any other body.
  init?(_ json: JSON) {
    guard json.isObject, let code = json["code"]?.nonBlankText else { return nil }
    self.code = code.uppercased()
    var words: [String] = []
    for text in [json["message"]].compactMap({ $0?.nonBlankText }) + Self.texts(json["error"]) {
      // The same sentence can appear three times.
      if !words.contains(text) { words.append(text) }
    }
    self.words = words
  }

  /// Such as `WA200` and `WA202`.
  var isSuccess: Bool { code.hasSuffix("200") || code.hasSuffix("202") }

  private static func texts(_ json: JSON?) -> [String] {
    guard let json else { return [] }
    if json.isObject { return json.members.compactMap(\.value.summary) }
    return (json.isArray ? json.list : [json]).compactMap(\.summary)
  }
}

/// The templates of a WABA (v2) or of a whole account (v1).
struct KaleyraTemplateList {
  let templates: [KaleyraTemplate]

  /// Nil without a list; an account without templates sends an empty list or object.
  init?(_ json: JSON) {
    let data = json["data"] ?? json
    let list = data.isArray ? data : data.members.map(\.value).first { $0.isArray }
    guard list != nil || data.isEmpty else { return nil }
    templates = (list?.list ?? []).compactMap(KaleyraTemplate.init)
  }
}

struct KaleyraTemplate {
  let id: String?
  let name: String
  let language: String?
  /// In title case, such as `Submission Rejected`.
  let status: String
  let category: String?
  let quality: String?
  let reason: String?
  let wabaID: String?

  /// Nil if the template can't be identified.
  init?(_ json: JSON) {
    id = json[anyOf: ["id", "template_id"]]?.nonBlankText
    guard let name = json[anyOf: ["name", "template_name"]]?.nonBlankText ?? id else { return nil }
    self.name = name
    let language = json[anyOf: ["language", "language_code", "lang"]]
    self.language = (language?["code"] ?? language)?.nonBlankText
    status = json[anyOf: ["status", "template_status"]]?.nonBlankText ?? ""
    category = json["category"]?.nonBlankText
    quality = (json["quality_score"]?["score"] ?? json["quality_score"])?.nonBlankText
    reason = json[anyOf: ["rejected_reason", "rejection_reason", "reason"]]?.nonBlankText
    wabaID = json["waba_id"]?.nonBlankText
  }
}
