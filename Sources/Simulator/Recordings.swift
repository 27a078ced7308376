/// The recorded answers that are built in, by file name.
///
/// The build embeds every file of `Fixtures` as a separate name; a test compares this list with the
/// folder.
package enum Recordings {
  package static func bytes(named file: String) -> [UInt8]? { embedded[file]?() }

  package static var names: [String] { embedded.keys.sorted() }

  /// The recorded answer of a number; the body says if the file is missing.
  static func answer(of number: SimulatedNumber) -> SimulatedAnswer? {
    guard let recording = number.answer else { return nil }
    guard let bytes = bytes(named: recording.file) else {
      return SimulatedAnswer("No recorded answer \(recording.file)", status: 500)
    }
    return SimulatedAnswer(bytes: bytes, status: recording.status)
  }

  private static let embedded: [String: @Sendable () -> [UInt8]] = [
    "dialog360-blocked.json": { PackageResources.dialog360_blocked_json },
    "dialog360-empty.json": { PackageResources.dialog360_empty_json },
    "dialog360-forbidden.json": { PackageResources.dialog360_forbidden_json },
    "dialog360-healthy.json": { PackageResources.dialog360_healthy_json },
    "dialog360-limited.json": { PackageResources.dialog360_limited_json },
    "dialog360-partner-channels.json": { PackageResources.dialog360_partner_channels_json },
    "dialog360-partner-forbidden.json": { PackageResources.dialog360_partner_forbidden_json },
    "dialog360-payload.json": { PackageResources.dialog360_payload_json },
    "dialog360-rate-limit.json": { PackageResources.dialog360_rate_limit_json },
    "dialog360-refused-token.json": { PackageResources.dialog360_refused_token_json },
    "dialog360-template-blocked.json": { PackageResources.dialog360_template_blocked_json },
    "dialog360-templates.json": { PackageResources.dialog360_templates_json },
    "dialog360-truncated.json": { PackageResources.dialog360_truncated_json },
    "dialog360-unavailable.json": { PackageResources.dialog360_unavailable_json },
    "dialog360-unknown-field.json": { PackageResources.dialog360_unknown_field_json },
    "dialog360-unknown-value.json": { PackageResources.dialog360_unknown_value_json },
    "dialog360-unpaid.json": { PackageResources.dialog360_unpaid_json },
    "dialog360-with-facts.json": { PackageResources.dialog360_with_facts_json },
    "graph-blocked.json": { PackageResources.graph_blocked_json },
    "graph-code-and-message.json": { PackageResources.graph_code_and_message_json },
    "graph-empty.json": { PackageResources.graph_empty_json },
    "graph-healthy.json": { PackageResources.graph_healthy_json },
    "graph-limited.json": { PackageResources.graph_limited_json },
    "graph-rate-limit.json": { PackageResources.graph_rate_limit_json },
    "graph-refused-token.json": { PackageResources.graph_refused_token_json },
    "graph-truncated.json": { PackageResources.graph_truncated_json },
    "graph-unknown-value.json": { PackageResources.graph_unknown_value_json },
    "kaleyra-bad-payload.json": { PackageResources.kaleyra_bad_payload_json },
    "kaleyra-blocked.json": { PackageResources.kaleyra_blocked_json },
    "kaleyra-daily-limit.json": { PackageResources.kaleyra_daily_limit_json },
    "kaleyra-empty.json": { PackageResources.kaleyra_empty_json },
    "kaleyra-foreign-number.json": { PackageResources.kaleyra_foreign_number_json },
    "kaleyra-healthy.json": { PackageResources.kaleyra_healthy_json },
    "kaleyra-internal-error.json": { PackageResources.kaleyra_internal_error_json },
    "kaleyra-limited.json": { PackageResources.kaleyra_limited_json },
    "kaleyra-out-of-balance.json": { PackageResources.kaleyra_out_of_balance_json },
    "kaleyra-rate-limit.json": { PackageResources.kaleyra_rate_limit_json },
    "kaleyra-refused-token.json": { PackageResources.kaleyra_refused_token_json },
    "kaleyra-templates-v1.json": { PackageResources.kaleyra_templates_v1_json },
    "kaleyra-templates-v2.json": { PackageResources.kaleyra_templates_v2_json },
    "kaleyra-truncated.json": { PackageResources.kaleyra_truncated_json },
    "kaleyra-unknown-value.json": { PackageResources.kaleyra_unknown_value_json },
    "kapso-blocked.json": { PackageResources.kapso_blocked_json },
    "kapso-dead-token.json": { PackageResources.kapso_dead_token_json },
    "kapso-empty.json": { PackageResources.kapso_empty_json },
    "kapso-error.json": { PackageResources.kapso_error_json },
    "kapso-healthy.json": { PackageResources.kapso_healthy_json },
    "kapso-limited.json": { PackageResources.kapso_limited_json },
    "kapso-numbers-page-1.json": { PackageResources.kapso_numbers_page_1_json },
    "kapso-numbers-page-2.json": { PackageResources.kapso_numbers_page_2_json },
    "kapso-rate-limit.json": { PackageResources.kapso_rate_limit_json },
    "kapso-refused-token.json": { PackageResources.kapso_refused_token_json },
    "kapso-truncated.json": { PackageResources.kapso_truncated_json },
    "kapso-unknown-number.json": { PackageResources.kapso_unknown_number_json },
    "kapso-unknown-value.json": { PackageResources.kapso_unknown_value_json },
    "kapso-webhook-missing.json": { PackageResources.kapso_webhook_missing_json },
    "meta-blocked.json": { PackageResources.meta_blocked_json },
    "meta-business-limited.json": { PackageResources.meta_business_limited_json },
    "meta-business.json": { PackageResources.meta_business_json },
    "meta-businesses-wabas.json": { PackageResources.meta_businesses_wabas_json },
    "meta-coexistence.json": { PackageResources.meta_coexistence_json },
    "meta-empty.json": { PackageResources.meta_empty_json },
    "meta-gone.json": { PackageResources.meta_gone_json },
    "meta-health-refused.json": { PackageResources.meta_health_refused_json },
    "meta-healthy.json": { PackageResources.meta_healthy_json },
    "meta-invalid-cursor.json": { PackageResources.meta_invalid_cursor_json },
    "meta-limited.json": { PackageResources.meta_limited_json },
    "meta-locked.json": { PackageResources.meta_locked_json },
    "meta-outage.json": { PackageResources.meta_outage_json },
    "meta-permission.json": { PackageResources.meta_permission_json },
    "meta-rate-limit.json": { PackageResources.meta_rate_limit_json },
    "meta-refused-token.json": { PackageResources.meta_refused_token_json },
    "meta-sip-not-configured.json": { PackageResources.meta_sip_not_configured_json },
    "meta-sip-only-entities.json": { PackageResources.meta_sip_only_entities_json },
    "meta-template-health.json": { PackageResources.meta_template_health_json },
    "meta-templates-page-1.json": { PackageResources.meta_templates_page_1_json },
    "meta-templates-page-2.json": { PackageResources.meta_templates_page_2_json },
    "meta-truncated.json": { PackageResources.meta_truncated_json },
    "meta-unknown-field.json": { PackageResources.meta_unknown_field_json },
    "meta-unknown-value.json": { PackageResources.meta_unknown_value_json },
    "meta-waba-numbers.json": { PackageResources.meta_waba_numbers_json },
    "meta-waba-rejected.json": { PackageResources.meta_waba_rejected_json },
    "meta-waba.json": { PackageResources.meta_waba_json },
    "meta-without-health.json": { PackageResources.meta_without_health_json },
  ]
}
