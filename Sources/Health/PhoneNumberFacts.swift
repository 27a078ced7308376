/// A number's facts besides its health.
package struct PhoneNumberFacts: Hashable, Sendable {
  /// As sent, in any of the formats that providers use.
  package var displayNumber: String?
  package var verifiedName: String?
  package var status: AsSent<PhoneNumberStatus>?
  /// From the score if there is one, otherwise from the older rating.
  package var quality: AsSent<QualityRating>?
  package var nameStatus: AsSent<NameStatus>?
  package var messagingLimit: AsSent<MessagingLimit>?
  /// `STANDARD` is 80 messages a second, `HIGH` 1000; as sent.
  package var throughput: String?
  /// Everything else worth showing in the details, in a fixed order.
  package var others: [Fact] {
    get { packedOthers.facts }
    set { packedOthers = PackedFacts(newValue) }
  }
  private var packedOthers: PackedFacts

  package init(
    displayNumber: String? = nil,
    verifiedName: String? = nil,
    status: AsSent<PhoneNumberStatus>? = nil,
    quality: AsSent<QualityRating>? = nil,
    nameStatus: AsSent<NameStatus>? = nil,
    messagingLimit: AsSent<MessagingLimit>? = nil,
    throughput: String? = nil,
    others: [Fact] = []
  ) {
    self.displayNumber = displayNumber
    self.verifiedName = verifiedName
    self.status = status
    self.quality = quality
    self.nameStatus = nameStatus
    self.messagingLimit = messagingLimit
    self.throughput = throughput
    packedOthers = PackedFacts(others)
  }
}
