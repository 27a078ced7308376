import Health

/// The parts that answers of one account have in common, each made once.
final class AnswerParts: Sendable {
  let entities = PartMemo<HealthEntity>()
  let errors = PartMemo<[EntityError]>()
  let texts = PartMemo<[String]>()
  let checks = PartMemo<ProviderCheck>()
}
