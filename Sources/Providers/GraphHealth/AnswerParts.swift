import Health

/// The common parts of one account's answers, each built once.
final class AnswerParts: Sendable {
  let entities = PartMemo<HealthEntity>()
  let errors = PartMemo<[EntityError]>()
  let texts = PartMemo<[String]>()
  let checks = PartMemo<ProviderCheck>()
}
