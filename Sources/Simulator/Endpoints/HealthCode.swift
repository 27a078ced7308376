/// The texts for the codes of the health object.
enum HealthCode {
  /// Error object as it comes over the wire; a code without a known text gets a plain one.
  static func error(_ code: Int) -> String { known[code] ?? text(of: code) }

  /// Precomputed, because half of the numbers have one of these.
  private static let known = Dictionary(
    uniqueKeysWithValues: texts.keys.map { ($0, text(of: $0)) }
  )

  private static func text(of code: Int) -> String {
    let known = texts[code]
    return JSONText.object([
      ("error_code", String(code)),
      ("error_description", JSONText.quoted(known?.description ?? "Health check \(code) failed.")),
      ("possible_solution", known.map { JSONText.quoted($0.solution) }),
    ])
  }

  private static let texts: [Int: (description: String, solution: String)] = [
    131000: (
      "The business profile is incomplete.", "Complete the business information in settings."
    ),
    138024: (
      "WhatsApp Business calling cannot use SIP because it is not enabled",
      "Configure SIP using {PHONE_NUMBER_ID}/settings API"
    ),
    138025: (
      "This app cannot use SIP for WhatsApp Business calling because it has not configured a SIP "
        + "server for this business phone number",
      "Configure SIP server using {PHONE_NUMBER_ID}/settings API"
    ),
    141000: (
      "The phone number is not linked to the business account or is not registered.",
      "Complete the OTP verification of the phone number."
    ),
    141002: (
      "Message templates can only be sent out if they are approved.",
      "Edit or appeal the message template review decision."
    ),
    141006: (
      "There is an error with the payment method. This will block business initiated conversations.",
      "There was an error with your payment method. Please add a new payment method to the account."
    ),
    141010: (
      "The business has not passed business verification.",
      "Visit business settings and start or resolve the business verification request."
    ),
    141014: (
      "The business account has been disabled for violating a policy.",
      "Request a review in account quality."
    ),
  ]
}
